namespace Everturn.Cli.Doctor;

/// <summary>What a check found.</summary>
internal readonly record struct Result(Severity Severity, string Text)
{
    public static Result Ok(string text) => new(Severity.Ok, text);

    public static Result Warning(string text) => new(Severity.Warning, text);

    public static Result Error(string text) => new(Severity.Error, text);
}
