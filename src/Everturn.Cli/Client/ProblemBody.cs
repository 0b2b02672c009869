namespace Everturn.Cli.Client;

/// <summary>What a problem says.</summary>
/// <param name="Detail">What is wrong.</param>
/// <param name="Code">Its stable code.</param>
/// <param name="Field">The field that is not acceptable.</param>
internal sealed record ProblemBody(string? Detail, string? Code, string? Field);
