using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>An answer to a call.</summary>
internal sealed record AnswerBody
{
    public required string Kind { get; init; }

    public JsonElement? Result { get; init; }

    public string? Reason { get; init; }

    public JsonElement? Arguments { get; init; }

    public DateTimeOffset? GrantUntil { get; init; }

    public string? DecidedBy { get; init; }

    public bool Resume { get; init; }
}
