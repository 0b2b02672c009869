using Everturn.Agents;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Walk;

/// <summary>Somebody who reads along from some number on.</summary>
internal sealed class Follower
{
    private readonly List<StreamChunk> _read = [];
    private readonly AgentHandle _run;
    private readonly long _after;
    private readonly Task _reading;

    public Follower(AgentHandle run, long after, CancellationToken cancellationToken)
    {
        _run = run;
        _after = after;
        _reading = Task.Run(() => ReadAsync(run, cancellationToken), CancellationToken.None);
    }

    /// <summary>Invariant 8: every chunk after its number, once and in order, as far as it came.</summary>
    /// <param name="log">The log.</param>
    /// <param name="cancellationToken">Says that it has taken too long.</param>
    public async Task<IEnumerable<string>> ViolationsAsync(
        IReadOnlyList<StoredChunk> log,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await _reading.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return
            [
                $"A reader of run {_run.RunId} ({_run.Run.Status}) from {_after} does not come to an end, {_read.Count} chunks later.",
            ];
        }

        var there = log.Skip((int)_after).Take(_read.Count).Select(StreamChunkJson.Decode).Select(Line);
        return _read.Select(Line).SequenceEqual(there)
            ? []
            :
            [
                $"Invariant 8: a reader from {_after} got {string.Join(", ", _read.Select(Line))}, the log has {string.Join(", ", there)}.",
            ];
    }

    private async Task ReadAsync(AgentHandle run, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in run.StreamAsync(_after, cancellationToken))
            {
                _read.Add(chunk);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The host that it read from is gone.
        }
    }

    private static string Line(StreamChunk chunk) =>
        System.Text.Encoding.UTF8.GetString(StreamChunkJson.Encode(chunk).Span) + chunk.Sequence;
}
