namespace Everturn.Sessions;

/// <summary>
/// A tool call of a step as a fact of its own: written with the model's message, completed by its outcome. The result
/// joins the transcript, and its staged change the state, when the step commits.
/// </summary>
public sealed record ToolCallRecord
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Place among the step's calls, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The model's id of the call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments, a JSON object.</summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>Stable across attempts, processes and takeovers; hand it to whatever the tool calls.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The tool's declared effect: <c>idempotent</c>, <c>keyed</c> or <c>at_most_once</c>.</summary>
    public required string Effect { get; init; }

    /// <summary>Where the call is.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>Attempts begun, as far as recorded.</summary>
    public int Attempt { get; init; }

    /// <summary>The result, JSON; or the error as a JSON string.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The staged change of custom state: a JSON array of RFC 6902 operations; empty for none.</summary>
    public ReadOnlyMemory<byte> StagedChange { get; init; }

    /// <summary>Whether arguments and result are kept out of logs, traces and lists.</summary>
    public bool Sensitive { get; init; }

    /// <summary>When the model's message was stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the outcome was stored.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
