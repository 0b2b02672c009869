namespace Everturn.Cli.Doctor;

/// <summary>What a check found, with its name.</summary>
internal sealed record Finding(string Check, Severity Severity, string Text)
{
    public string SeverityName =>
        Severity switch
        {
            Severity.Ok => "ok",
            Severity.Warning => "warning",
            _ => "ERROR",
        };
}
