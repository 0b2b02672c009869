namespace Everturn.Cli.Client;

/// <summary>An error of an instance, a step or an attempt.</summary>
internal sealed record ErrorBody(string Name, string Message)
{
    public override string ToString() => $"{Name}: {Message}";
}
