using Everturn.Diagnostics;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>Calls the model for one step: streams, repeats failed calls, keeps what came before an interrupt.</summary>
/// <param name="store">For the numbers of chunks that become void.</param>
/// <param name="clients">Gives the run's chat client.</param>
/// <param name="hooks">Called before and after each attempt.</param>
/// <param name="telemetry">Tells of each attempt.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelCaller(
    ISessionStore store,
    ChatClients clients,
    StepHooks hooks,
    LoopTelemetry telemetry,
    TimeProvider time
)
{
    /// <summary>The reply, and the chunks that are to ride with the commit that records it.</summary>
    /// <exception cref="OperationCanceledException">The host is stopping; nothing is lost.</exception>
    public async Task<(ModelReply Reply, DeltaFlusher Deltas)> CallAsync(
        RunExecution execution,
        RunJournal journal,
        CancellationToken stopping
    )
    {
        var client = clients.Get(execution);
        var deltas = new DeltaFlusher(journal);
        await hooks.StartAsync(execution, stopping).ConfigureAwait(false);
        var messages = Messages(execution);
        var attempt = 0;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stopping, execution.Stop);
        try
        {
            var reply = await execution
                .Plan.Retry.ExecuteAsync(
                    async token =>
                    {
                        if (deltas.HasFlushed)
                        {
                            await DiscardAsync(execution, journal, deltas).ConfigureAwait(false);
                        }

                        return await AttemptAsync(execution, client, messages, deltas, ++attempt, stopping, token)
                            .ConfigureAwait(false);
                    },
                    linked.Token
                )
                .ConfigureAwait(false);
            return (reply, deltas);
        }
        catch (Exception exception)
            when (deltas.HasFlushed && exception is not EverturnException && !stopping.IsCancellationRequested)
        {
            // Failed for good: the transcript will not have what was streamed, so the stream takes it back.
            await DiscardAsync(execution, journal, deltas).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<ModelReply> AttemptAsync(
        RunExecution execution,
        IChatClient client,
        ChatTranscript messages,
        DeltaFlusher deltas,
        int attempt,
        CancellationToken stopping,
        CancellationToken cancellationToken
    )
    {
        var around = hooks.ModelCall(execution, deltas, attempt);
        var options = execution.Plan.Options(execution.Run.Session.SessionId);
        await around.BeforeAsync(messages, options, cancellationToken).ConfigureAwait(false);
        using var span = telemetry.ModelCall(execution, client, messages, options, attempt);
        var started = time.GetTimestamp();
        try
        {
            var reply = await new ModelCall(execution, deltas, time)
                .RunAsync(client, messages, options, stopping, cancellationToken)
                .ConfigureAwait(false);
            span.Answered(reply);
            await around.AnsweredAsync(reply, stopping).ConfigureAwait(false);
            return reply;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            span.Failed(exception);
            await around.FailedAsync(exception, time.GetElapsedTime(started), stopping).ConfigureAwait(false);
            throw;
        }
    }

    private static ChatTranscript Messages(RunExecution execution)
    {
        var state = execution.Staged.State;
        if (state.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            state = execution.Agent.State?.Initial() ?? JsonBytes.EmptyObject;
        }

        var instructions = execution.Agent.Instructions(state);
        return new ChatTranscript(
            instructions.Length == 0 ? null : new ChatMessage(ChatRole.System, instructions),
            execution.Conversation.Chat
        );
    }

    // What the failed attempt had streamed is void, and readers are told before anything of the next attempt.
    private async Task DiscardAsync(RunExecution execution, RunJournal journal, DeltaFlusher deltas)
    {
        await deltas.ResetAsync().ConfigureAwait(false);
        var snapshot = await store
            .GetSnapshotAsync(execution.Run.Session, 0, CancellationToken.None)
            .ConfigureAwait(false);
        if (snapshot is not null && InFlight.FirstVoid(snapshot, execution.Step) is { } from)
        {
            await journal
                .CommitAsync(
                    journal.New(CommitKind.DeltaFlush) with
                    {
                        Chunks = [execution.Chunks.StepDiscarded(execution.Step, from)],
                    }
                )
                .ConfigureAwait(false);
        }
    }
}
