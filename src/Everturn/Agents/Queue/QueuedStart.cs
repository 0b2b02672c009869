using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Agents.Queue;

/// <summary>The commit by which a message that waited begins its run.</summary>
/// <param name="snapshot">The session, whose run has ended.</param>
/// <param name="agent">Its agent.</param>
/// <param name="queued">The message.</param>
/// <param name="asked">The rows by which that run asks somebody outside, answered or not.</param>
/// <param name="time">The clock.</param>
internal sealed class QueuedStart(
    SessionSnapshot snapshot,
    AgentDefinition agent,
    QueuedRun queued,
    IReadOnlyList<PendingCallRecord> asked,
    TimeProvider time
)
{
    /// <summary>Where the session goes back to; null for nowhere.</summary>
    public RollbackTarget? Target { get; init; }

    /// <exception cref="InvalidInputException">The message's change of state does not fit any more.</exception>
    public SessionCommit Commit(NewRun run)
    {
        var now = time.GetUtcNow();
        var before = Target?.State ?? snapshot.State;
        // What goes back to before an answer goes back to before what it was about, too.
        var closed = Target is { } target
            ? OpenStep.Close(target.OpenCalls, [], snapshot.Run!, before, agent, time)
            : OpenStep.Close(Open, asked, snapshot.Run!, before, agent, time);
        var state = closed?.State ?? before;
        state = QueuedInput.State(queued, agent, state) ?? state;
        return new()
        {
            Session = snapshot.Session.Key,
            Kind = CommitKind.RunStart,
            At = now,
            ExpectedVersion = snapshot.Session.Version,
            SessionChange = RunAcceptance.ExpiryOf(agent, now) is { } expiry ? new() { ExpiresAt = expiry } : null,
            NewRun = run with
            {
                WasQueued = true,
                Server = queued.Server,
                RequestId = queued.RequestId,
                BodyHash = queued.BodyHash,
                TraceParent = queued.TraceParent,
            },
            Rewind = GoesBack ? new(Target!.MessageCount) : null,
            State = state.Span.SequenceEqual(snapshot.State.Span) ? default(ReadOnlyMemory<byte>?) : state,
            ToolCalls = closed?.Calls ?? [],
            PendingCalls = HeldCalls.Withdraw(asked, now),
            Messages = [.. closed?.Results ?? [], .. QueuedInput.Messages(queued, run.RunId, now)],
            Chunks = Announce(run.RunId, closed?.Chunks ?? []),
        };
    }

    // A run that failed has results for all its calls, although its step did not commit.
    private IReadOnlyList<ToolCallRecord> Open =>
        snapshot.Run!.Status == RunStatus.Interrupted ? snapshot.OpenToolCalls : [];

    private bool GoesBack => Target is { } target && target.MessageCount < snapshot.Session.MessageCount;

    private IReadOnlyList<ReadOnlyMemory<byte>> Announce(string runId, IReadOnlyList<ReadOnlyMemory<byte>> closed)
    {
        if (!queued.Policy.Supersedes)
        {
            return closed;
        }

        List<ReadOnlyMemory<byte>> chunks = [.. closed, new ChunkFactory(snapshot.Run!, time).RunSuperseded(runId)];
        if (GoesBack)
        {
            // Its own number: a reader that loads the transcript after it has everything before it.
            var sequence = snapshot.Session.LastSequence + chunks.Count + 1;
            chunks.Add(new ChunkFactory(runId, agent.Name, time).StreamResync(sequence, RunReason.RolledBack));
        }

        return chunks;
    }
}
