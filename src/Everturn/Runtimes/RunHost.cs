using System.Collections.Concurrent;
using Everturn.Agents;
using Everturn.Diagnostics;
using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>Opens runs for execution on this node: from memory where they were begun here, else by claiming them.</summary>
internal sealed class RunHost(
    ISessionStore store,
    INodeDirectory nodes,
    AgentRegistry agents,
    AgentPlans plans,
    ConversationCache conversations,
    ActiveRuns active,
    RunCloser closer,
    LoopOptions options,
    IServiceProvider root,
    TimeProvider time,
    ILogger<RunHost> logger
)
{
    private readonly ConcurrentDictionary<string, StartedRun> _started = new(StringComparer.Ordinal);

    /// <summary>Keeps what is known of a run that will be opened here in a moment.</summary>
    public void Expect(StartedRun started) => _started[started.Run.RunId] = started;

    /// <summary>Opens a run; null where it has ended, or nothing is left of it.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="services">Services for the run's execution.</param>
    /// <param name="cancellationToken">Stops before anything is claimed.</param>
    public async ValueTask<RunExecution?> OpenAsync(
        SessionKey key,
        string runId,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var execution =
            _started.TryRemove(runId, out var started) && started.Run.Owner?.Node == nodes.Self
                ? await OpenStartedAsync(started, services, cancellationToken).ConfigureAwait(false)
                : await ClaimAsync(key, runId, services, cancellationToken).ConfigureAwait(false);
        if (execution is null)
        {
            return null;
        }

        // Reachable before the look, so that no command falls between.
        active.Add(execution);
        execution.Span = RunSpans.Open(execution.Run);
        RunInstruments.Opened(execution.Run);
        if (started is null)
        {
            await ObeyStoredAsync(execution, cancellationToken).ConfigureAwait(false);
        }

        return execution;
    }

    /// <summary>Lets a run go; its conversation stays warm for the next turn.</summary>
    public void Close(RunExecution execution)
    {
        active.Remove(execution);
        RunInstruments.Closed(execution.Run);
        RunSpans.Close(execution.Span, execution.Run);
        if (execution.Run.Status.IsEnded)
        {
            conversations.Put(execution.Conversation);
        }

        execution.Dispose();
    }

    private async ValueTask ObeyStoredAsync(RunExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            var run = execution.Run;
            var commands = await store
                .GetCommandsAsync(run.Session, run.RunId, 0, cancellationToken)
                .ConfigureAwait(false);
            foreach (var command in commands)
            {
                execution.Obey(command);
            }
        }
        catch
        {
            Close(execution);
            throw;
        }
    }

    private async ValueTask<RunExecution> OpenStartedAsync(
        StartedRun started,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var key = started.Session.Key;
        var before = started.Session.Version - 1;
        var conversation =
            started.Commit.Rewind is not null ? null
            : before == 0 ? new Conversation(key)
            : conversations.Take(key, before);
        if (conversation is null)
        {
            var snapshot = await store.GetSnapshotAsync(key, int.MaxValue, cancellationToken).ConfigureAwait(false);
            conversation = Conversation.From(snapshot!);
        }
        else
        {
            conversation.Apply(started.Commit, started.Session);
        }

        // Only a run that goes on with the step of another one has calls from the start.
        var carried = started.Commit.ToolCalls.Where(call => call.RunId == started.Run.RunId).ToList();
        return new RunExecution(plans.Of(started.Agent), started.Run, started.Session, conversation, services, time)
        {
            OpenCalls = carried,
            CallsAreRepeated = carried.Count > 0,
            Asked = [.. started.Commit.PendingCalls.Where(call => call.RunId == started.Run.RunId)],
        };
    }

    private async ValueTask<RunExecution?> ClaimAsync(
        SessionKey key,
        string runId,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var snapshot = await store.GetSnapshotAsync(key, int.MaxValue, cancellationToken).ConfigureAwait(false);
            if (snapshot?.Run is not { } run || run.RunId != runId || run.Status.IsEnded)
            {
                return null;
            }

            if (run.ClaimCount >= options.MaxClaims)
            {
                await closer
                    .FailAsync(
                        snapshot,
                        RunReason.RecoveryExhausted,
                        $"It was taken up {run.ClaimCount} times without progress."
                    )
                    .ConfigureAwait(false);
                return null;
            }

            var step = run.StepCount + 1;
            var chunks = InFlight.FirstVoid(snapshot, step) is { } from
                ? new[] { new ChunkFactory(run, time).StepDiscarded(step, from) }
                : [];
            var claim = new SessionCommit
            {
                Session = key,
                Kind = CommitKind.RunClaim,
                At = time.GetUtcNow(),
                RunId = runId,
                Claim = nodes.Self,
                // The discarded range was read a moment ago: if the old owner wrote more since, it is read again.
                ExpectedVersion = snapshot.Session.Version,
                Step = step,
                Chunks = chunks,
            };
            var result = await store.CommitAsync(claim, cancellationToken).ConfigureAwait(false);
            if (result.IsApplied)
            {
                RunInstruments.Claimed(result.Run!);
                RuntimeLog.TakenOver(logger, runId, key.ToString(), step);
                var execution = Open(snapshot, result, services);
                execution.Asked = await HeldCalls.AskedAsync(store, snapshot, cancellationToken).ConfigureAwait(false);
                return execution;
            }
        }
    }

    private RunExecution Open(SessionSnapshot snapshot, SessionCommitResult claimed, IServiceProvider services)
    {
        var run = claimed.Run!;
        var context = new AgentFactoryContext(root, run.Session.SessionId, run.RunId, snapshot.Session.UserId);
        var plan = plans.Of(agents.Resolve(run.AgentType, context));
        var conversation = Conversation.From(snapshot);
        return new RunExecution(plan, run, claimed.Session!, conversation, services, time)
        {
            OpenCalls = snapshot.OpenToolCalls,
            CallsAreRepeated = true,
        };
    }
}
