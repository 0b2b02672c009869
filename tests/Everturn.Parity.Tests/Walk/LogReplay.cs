using System.Text.Json;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Walk;

/// <summary>
/// What a reader of the log alone makes of it: what the assistant said and called in each step of each run, and what
/// came of the calls. Users' words are not in the log.
/// </summary>
internal sealed class LogReplay
{
    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, List<Result>> _results = [];

    public LogReplay(IEnumerable<StreamChunk> log)
    {
        foreach (var chunk in log)
        {
            Take(chunk);
        }
    }

    /// <summary>The outcomes of each call; one, if all is well.</summary>
    public IReadOnlyDictionary<string, List<Result>> Results => _results;

    /// <summary>What a run said and called, a line for each of its messages.</summary>
    public IReadOnlyList<string> Said(string runId) =>
        [
            .. _steps
                .Where(step => step.RunId == runId && (step.Text.Count > 0 || step.Calls.Count > 0))
                .OrderBy(step => step.Number)
                .Select(step => Line(string.Concat(step.Text.Select(text => text.Delta)), step.Calls)),
        ];

    /// <summary>An assistant's message as a line.</summary>
    public static string Line(string? text, IEnumerable<string> calls) => $"{text}[{string.Join(", ", calls)}]";

    private void Take(StreamChunk chunk)
    {
        switch (chunk)
        {
            case TextDeltaChunk delta:
                StepOf(chunk).Text.Add(delta);
                break;
            case ToolStartChunk start:
                StepOf(chunk).Calls.Add(start.ToolCallId);
                break;
            case ToolEndChunk end:
                if (!_results.TryGetValue(end.ToolCallId, out var results))
                {
                    _results[end.ToolCallId] = results = [];
                }

                results.Add(new(Content(end), !end.Success));
                break;
            case StepDiscardedChunk discarded:
                StepOf(chunk).Text.RemoveAll(delta => delta.Sequence >= discarded.FromSequence);
                break;
        }
    }

    private Step StepOf(StreamChunk chunk)
    {
        var step = _steps.Find(step => step.RunId == chunk.AgentId && step.Number == chunk.Step);
        if (step is null)
        {
            _steps.Add(step = new(chunk.AgentId, chunk.Step, [], []));
        }

        return step;
    }

    private static string? Content(ToolEndChunk end) =>
        end.Error
        ?? (end.Result is { ValueKind: JsonValueKind.String } text ? text.GetString() : end.Result?.GetRawText());

    /// <summary>What came of a call.</summary>
    public sealed record Result(string? Content, bool IsError);

    private sealed record Step(string RunId, int Number, List<TextDeltaChunk> Text, List<string> Calls);
}
