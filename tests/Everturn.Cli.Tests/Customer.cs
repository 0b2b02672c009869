namespace Everturn.Cli.Tests;

/// <summary>Whom an <see cref="Onboarding"/> is for.</summary>
/// <param name="Name">Their name; <c>Nobody</c> has no account made.</param>
public sealed record Customer(string Name);
