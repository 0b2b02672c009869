namespace Everturn.Testing.Introspection;

/// <summary>When the process dies that writes to the journal.</summary>
public enum CrashMoment
{
    /// <summary>What it was about to write is lost.</summary>
    BeforeWrite,

    /// <summary>What it wrote is durable, and nobody was told.</summary>
    AfterWrite,
}
