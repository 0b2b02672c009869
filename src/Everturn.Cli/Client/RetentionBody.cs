namespace Everturn.Cli.Client;

/// <summary>How long an instance is kept, as texts such as <c>3 days</c>; null for what its workflow says.</summary>
internal sealed record RetentionBody(string? SuccessRetention, string? ErrorRetention);
