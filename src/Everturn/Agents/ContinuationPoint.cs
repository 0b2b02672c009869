namespace Everturn.Agents;

/// <summary>Where a run that continues a session begins.</summary>
internal enum ContinuationPoint
{
    /// <summary>Where the transcript ends.</summary>
    End,

    /// <summary>At a checkpoint.</summary>
    Checkpoint,

    /// <summary>Where the run began that is tried again.</summary>
    Start,
}
