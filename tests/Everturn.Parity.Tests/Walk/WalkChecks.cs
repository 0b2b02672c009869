using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Walk;

/// <summary>What holds of a session at any time, read from its store.</summary>
internal sealed class WalkChecks
{
    private readonly SessionSnapshot _session;
    private readonly IReadOnlyList<RunRecord> _runs;
    private readonly IReadOnlyList<VoidedMessage> _voided;
    private readonly IReadOnlyList<StoredChunk> _log;
    private readonly IReadOnlyList<PendingCallRecord> _asked;

    private WalkChecks(
        SessionSnapshot session,
        IReadOnlyList<RunRecord> runs,
        IReadOnlyList<VoidedMessage> voided,
        IReadOnlyList<StoredChunk> log,
        IReadOnlyList<PendingCallRecord> asked
    ) => (_session, _runs, _voided, _log, _asked) = (session, runs, voided, log, asked);

    private IReadOnlyList<AgentMessage> Messages => _session.Messages.Messages;

    private RunRecord Current => _session.Run!;

    /// <summary>Reads a session that nothing is written to meanwhile; null where something was, or there is none.</summary>
    public static async Task<WalkChecks?> ReadAsync(ISessionStore store, SessionKey key, CancellationToken token)
    {
        if (await store.GetSnapshotAsync(key, int.MaxValue, token) is not { } session)
        {
            return null;
        }

        var checks = new WalkChecks(
            session,
            (await store.ListRunsAsync(key, new(PageRequest.MaxLimit), token)).Items,
            (await store.ListVoidedMessagesAsync(key, new(PageRequest.MaxLimit), token)).Items,
            await store.ReadChunksAsync(key, 0, int.MaxValue, token),
            (await store.ListPendingCallsAsync(new() { Page = new(PageRequest.MaxLimit) }, token)).Items
        );
        var now = await store.GetSessionAsync(key, token);
        return now!.Version == session.Session.Version ? checks : null;
    }

    /// <summary>What does not hold.</summary>
    public IEnumerable<string> Violations() =>
        [.. Transcript(), .. Runs(), .. Numbers(), .. Replay(), .. Rows(), .. State()];

    private IEnumerable<string> Transcript() =>
        WalkTranscript
            .Invalid(Messages, mayBeOpen: _session.OpenToolCalls.Count > 0)
            .Select(what => $"Invariant 6: {what}");

    private IEnumerable<string> Runs()
    {
        var begun = _runs.Where(run => run.Ordinal > 0).ToList();
        var running = begun.Where(run => !run.Status.IsEnded).ToList();
        if (running.Count > 1 || running.Any(run => run.RunId != Current.RunId))
        {
            yield return $"Invariant 1: runs {string.Join(", ", running.Select(run => run.Ordinal))} are running.";
        }

        if (!begun.Select(run => run.Ordinal).SequenceEqual(Enumerable.Range(1, begun.Count)))
        {
            yield return $"Invariant 4: the ordinals are {string.Join(", ", begun.Select(run => run.Ordinal))}.";
        }
    }

    private IEnumerable<string> Numbers()
    {
        if (!_log.Select(chunk => chunk.Sequence).SequenceEqual(Enumerable.Range(1, _log.Count).Select(n => (long)n)))
        {
            yield return $"Invariant 7: the numbers are {string.Join(", ", _log.Select(chunk => chunk.Sequence))}.";
        }

        if (_log.Count != _session.Session.LastSequence)
        {
            yield return $"Invariant 7: the log has {_log.Count} chunks, the session says {_session.Session.LastSequence}.";
        }
    }

    // Messages that were rolled back were said all the same: their chunks stay, and they are in the list of void ones.
    private IEnumerable<string> Replay()
    {
        var log = new LogReplay(_log.Select(StreamChunkJson.Decode));
        var all = _voided
            .Select(voided => (voided.Position, voided.Message))
            .Concat(Messages.Select((message, position) => (Position: position, Message: message)))
            .ToList();
        foreach (var run in _runs)
        {
            var said = log.Said(run.RunId).ToList();
            var written = all.Where(each =>
                    each.Message.RunId == run.RunId && each.Message.Role == MessageRole.Assistant
                )
                .OrderBy(each => each.Position)
                .Select(each =>
                    LogReplay.Line(each.Message.Content, (each.Message.ToolCalls ?? []).Select(call => call.Id))
                )
                .ToList();
            // The step under way is in the log as it is spoken, in the transcript when it is over.
            if (!run.Status.IsEnded && said.Count == written.Count + 1)
            {
                said.RemoveAt(written.Count);
            }

            if (!said.SequenceEqual(written))
            {
                yield return $"Run {run.Ordinal} said {string.Join("; ", said)} by the log, and {string.Join("; ", written)} by its messages.";
            }
        }

        foreach (var (_, result) in all.Where(each => each.Message.Role == MessageRole.Tool))
        {
            var ends = log.Results.GetValueOrDefault(result.ToolCallId!) ?? [];
            if (!ends.SequenceEqual([new(result.Content, result.IsError)]))
            {
                yield return $"Call {result.ToolCallId} came to '{result.Content}' by its message, and to {string.Join(", ", ends)} by the log.";
            }
        }
    }

    private IEnumerable<string> Rows() =>
        _asked
            .Where(row =>
                row.RunId != Current.RunId || !_session.OpenToolCalls.Any(call => call.ToolCallId == row.ToolCallId)
            )
            .Select(row => $"Somebody is asked about call {row.ToolCallId}, and nobody waits for it.");

    // Only the results that are in the transcript have changed the state, each once.
    private IEnumerable<string> State()
    {
        var noted = Messages
            .Where(message => message is { ToolName: "note", IsError: false })
            .Select(message => message.ToolCallId!)
            .ToList();
        var state = _session.State.IsEmpty
            ? []
            : Notes.Key.Read(System.Text.Json.JsonElement.Parse(_session.State.Span)).Items;
        if (!noted.SequenceEqual(state))
        {
            yield return $"The state has the notes {string.Join(", ", state)}, the transcript {string.Join(", ", noted)}.";
        }
    }
}
