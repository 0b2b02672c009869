namespace Everturn.Workflows;

/// <summary>What happens to firings of a schedule that came while no host ran.</summary>
public enum MissedFirings
{
    /// <summary>They are left out.</summary>
    Skip,

    /// <summary>The last one is made up for, with its own scheduled time.</summary>
    Last,

    /// <summary>All are made up for, in order; at most 1,000, the last ones.</summary>
    All,
}
