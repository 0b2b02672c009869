namespace Everturn.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing; it mends itself, or does no harm.</summary>
    Warning,

    /// <summary>Something is lost or cannot go on.</summary>
    Error,
}
