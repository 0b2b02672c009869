using System.Text.Json;
using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;

namespace Everturn.Agents;

/// <summary>The commit by which a session is taken up again.</summary>
/// <param name="snapshot">The session, with its last message.</param>
/// <param name="agent">Its agent.</param>
/// <param name="continuation">What is asked for.</param>
/// <param name="asked">The rows by which its run asks somebody outside, answered or not.</param>
/// <param name="time">The clock.</param>
internal sealed class ContinuationPlan(
    SessionSnapshot snapshot,
    AgentDefinition agent,
    Continuation continuation,
    IReadOnlyList<PendingCallRecord> asked,
    TimeProvider time
)
{
    private AgentMessage? _last = snapshot.Messages.Messages is [.., var last] ? last : null;
    private IReadOnlyList<ToolCallRecord> _open = snapshot.OpenToolCalls;

    /// <summary>Where to go back to; null for nowhere.</summary>
    public ContinuationTarget? Target { get; init; }

    private bool GoesBack => Target is { } target && target.MessageCount < snapshot.Session.MessageCount;

    /// <summary>Reads what was last at the place to which the session goes back.</summary>
    public async ValueTask LookBackAsync(ISessionStore store, CancellationToken cancellationToken)
    {
        if (!GoesBack)
        {
            return;
        }

        var key = snapshot.Session.Key;
        var page = await store
            .GetMessagesAsync(key, Math.Max(Target!.MessageCount - 1, 0), 1, cancellationToken)
            .ConfigureAwait(false);
        _last = Target.MessageCount == 0 ? null : page.Messages[0];
        _open = [];
        if (_last?.ToolCalls is { Count: > 0 } && Target.RunId is { } runId)
        {
            // That run began by going on with a step: it is gone on with again, its outcomes stay.
            var calls = await store.GetToolCallsAsync(key, runId, cancellationToken).ConfigureAwait(false);
            _open = [.. calls.Where(call => call.Step == 1)];
        }
    }

    public SessionCommit Commit(NewRun run)
    {
        var now = time.GetUtcNow();
        var added = continuation.Messages;
        var closed = added.Count > 0 ? OpenStep.Close(_open, asked, snapshot.Run!, State, agent, time) : null;
        var open = closed?.Calls ?? HeldCalls.Answer(_open, asked);
        if (added.Count == 0 && _last is { ToolCalls: null } && _last.Role == MessageRole.Assistant)
        {
            added = [ContinuePrompt];
        }

        var chunks = new ChunkFactory(run.RunId, agent.Name, time);
        return new()
        {
            Session = snapshot.Session.Key,
            Kind = CommitKind.RunStart,
            At = now,
            RunId = snapshot.Run!.RunId,
            ExpectedVersion = snapshot.Session.Version,
            SessionChange = RunAcceptance.ExpiryOf(agent, now) is { } expiry ? new() { ExpiresAt = expiry } : null,
            NewRun = run with
            {
                ParentRunId = snapshot.Run.RunId,
                Server = continuation.Server,
                RequestId = continuation.RequestId,
                BodyHash = continuation.BodyHash,
            },
            Rewind = GoesBack ? new(Target!.MessageCount) : null,
            State = NewState(closed),
            ToolCalls = closed is null ? OpenStep.CarryOver(open, run.RunId) : open,
            PendingCalls = closed is null && !GoesBack ? HandOver(run.RunId) : HeldCalls.Withdraw(asked, now),
            Messages =
            [
                .. closed?.Results ?? [],
                .. added.Select(message => message with { RunId = run.RunId, CreatedAt = now }),
            ],
            Chunks =
            [
                .. closed?.Chunks ?? [],
                .. Announce(chunks),
                .. closed is null
                    ? OpenStep.CarryOver([.. HeldCalls.Ended(_open, open)], run.RunId).Select(chunks.ToolEnd)
                    : [],
            ],
        };
    }

    // What a model is asked with ends with somebody else's words, or it would have nothing to answer.
    private static AgentMessage ContinuePrompt { get; } =
        new()
        {
            Role = MessageRole.User,
            Content = "Continue.",
            Metadata = new Dictionary<string, JsonElement> { ["hidden"] = JsonBytes.Parse("true"u8.ToArray()) },
        };

    private ReadOnlyMemory<byte> State => Target?.State ?? snapshot.State;

    private ReadOnlyMemory<byte>? NewState(OpenStep? closed)
    {
        var state = closed?.State ?? State;
        if (continuation.ModifyState is not { } change)
        {
            if (state.Span.SequenceEqual(snapshot.State.Span))
            {
                return null;
            }

            return state;
        }

        return RunInput.Merge(agent, state, change, "modifyState");
    }

    private IEnumerable<ReadOnlyMemory<byte>> Announce(ChunkFactory chunks)
    {
        if (GoesBack)
        {
            // Its own number: a reader that loads the transcript after it has everything before it.
            var reason = continuation.Trigger == RunTrigger.Retry ? "retry" : "branch";
            yield return chunks.StreamResync(snapshot.Session.LastSequence + 1, reason);
        }

        yield return chunks.RunResumed();
    }

    // What is still asked is asked by the run that goes on.
    private IReadOnlyList<PendingCallRecord> HandOver(string runId) =>
        [.. asked.Where(call => call.Status == PendingCallStatus.Pending).Select(call => call with { RunId = runId })];
}
