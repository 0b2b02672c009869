using Everturn.Agents;
using Everturn.Diagnostics;
using Everturn.Loop.Budgets;
using Everturn.Loop.Holding;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Loop;

/// <summary>
/// The agent loop: one implementation for every runtime. Does one step at a time from what is stored, so that any host
/// can go on with a run from wherever the last one stopped.
/// </summary>
/// <param name="store">The truth about sessions.</param>
/// <param name="models">Calls models.</param>
/// <param name="tools">Calls tools.</param>
/// <param name="hooks">Called where a run begins with its tools.</param>
/// <param name="ends">Called when a run ended.</param>
/// <param name="steering">Lets messages join the run.</param>
/// <param name="budgets">Says when the run has used up what it may use.</param>
/// <param name="closer">Ends a run whose facts cannot be stored.</param>
/// <param name="gates">Says which calls wait for somebody outside.</param>
/// <param name="hosting">Says which agents' runs are resumed by themselves.</param>
/// <param name="options">For the grace that interrupted tools get, and whether answers resume.</param>
/// <param name="time">The clock.</param>
internal sealed class AgentLoop(
    ISessionStore store,
    ModelCaller models,
    ToolRunner tools,
    StepHooks hooks,
    EndHooks ends,
    Steering steering,
    BudgetMeter budgets,
    RunCloser closer,
    CallGates gates,
    AgentHosting hosting,
    LoopOptions options,
    TimeProvider time
)
{
    /// <summary>Does the next step, or what is left of it, and returns once it is durable.</summary>
    /// <exception cref="OperationCanceledException">The host is stopping; another one goes on.</exception>
    /// <exception cref="OwnershipLostException">Another host went on already.</exception>
    public Task StepAsync(RunExecution execution, CancellationToken stopping) =>
        GuardAsync(
            execution,
            async (journal, commits) =>
            {
                if (execution.OpenCalls.Count == 0)
                {
                    await ModelPhaseAsync(execution, journal, commits, beginsCalls: true, stopping)
                        .ConfigureAwait(false);
                }

                if (execution.OpenCalls.Count > 0)
                {
                    await ToolPhaseAsync(execution, journal, commits, stopping).ConfigureAwait(false);
                }
            },
            stopping
        );

    /// <summary>The first half of a step: asks the model. What it calls is open afterwards, and not begun.</summary>
    /// <inheritdoc cref="StepAsync"/>
    public Task ModelAsync(RunExecution execution, CancellationToken stopping) =>
        GuardAsync(
            execution,
            (journal, commits) => ModelPhaseAsync(execution, journal, commits, beginsCalls: false, stopping),
            stopping
        );

    /// <summary>The second half: executes the open calls that have no outcome, and commits the step.</summary>
    /// <inheritdoc cref="StepAsync"/>
    public Task ToolsAsync(RunExecution execution, CancellationToken stopping) =>
        GuardAsync(execution, (journal, commits) => ToolPhaseAsync(execution, journal, commits, stopping), stopping);

    /// <summary>Ends a run as completed with an output that no model gave. Calls that are open get none of their own.</summary>
    /// <inheritdoc cref="StepAsync"/>
    public Task EndAsync(RunExecution execution, System.Text.Json.JsonElement output, CancellationToken stopping) =>
        GuardAsync(
            execution,
            async (journal, commits) =>
            {
                SessionCommit end;
                do
                {
                    var version = await ReadAnswersAsync(execution).ConfigureAwait(false);
                    var closed = commits.Closed() with { ExpectedVersion = version };
                    end = commits.IsStopped
                        ? commits.WithStop(closed, endsStep: true)
                        : commits.WithStepEnd(commits.WithCompletion(closed, output), RunStatus.Completed);
                } while (!await journal.TryCommitAsync(end).ConfigureAwait(false));
            },
            stopping
        );

    private async Task GuardAsync(
        RunExecution execution,
        Func<RunJournal, RunCommits, Task> work,
        CancellationToken stopping
    )
    {
        using var span = RunSpans.Step(execution);
        var journal = new RunJournal(store, execution, time);
        var commits = new RunCommits(execution, journal, time);
        try
        {
            await budgets.OpenAsync(execution).ConfigureAwait(false);
            await work(journal, commits).ConfigureAwait(false);
        }
        catch (InvalidInputException exception)
        {
            // The store refused what the step came to, an answer or a state over its limit. It would refuse it again.
            var run = execution.Run;
            var ended = await closer
                .FailAsync(run.Session, run.RunId, RunReason.LimitExceeded, exception.Message)
                .ConfigureAwait(false);
            execution.Ended(ended ?? throw new OwnershipLostException($"run {run.RunId}"));
        }

        await ends.AnnounceAsync(execution, stopping).ConfigureAwait(false);
    }

    private async Task ModelPhaseAsync(
        RunExecution execution,
        RunJournal journal,
        RunCommits commits,
        bool beginsCalls,
        CancellationToken stopping
    )
    {
        var empty = journal.New(CommitKind.RunEnd);
        if (commits.IsStopped)
        {
            await StopAsync(journal, commits, empty, endsStep: false).ConfigureAwait(false);
            return;
        }

        if (budgets.Check(execution) is { } excess)
        {
            await FailAsync(journal, commits, excess.Reason, excess.Error).ConfigureAwait(false);
            return;
        }

        await steering.JoinAsync(execution, journal).ConfigureAwait(false);
        ModelReply reply;
        DeltaFlusher deltas;
        try
        {
            (reply, deltas) = await models.CallAsync(execution, journal, stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfModel(exception, stopping))
        {
            await FailAsync(journal, commits, RunReason.ModelFailed, exception.Message).ConfigureAwait(false);
            return;
        }

        await RecordAsync(execution, journal, commits, reply, deltas, beginsCalls, stopping).ConfigureAwait(false);
        await deltas.CompleteAsync().ConfigureAwait(false);
    }

    private async Task RecordAsync(
        RunExecution execution,
        RunJournal journal,
        RunCommits commits,
        ModelReply reply,
        DeltaFlusher deltas,
        bool beginsCalls,
        CancellationToken stopping
    )
    {
        var rest = deltas.TakeRest();
        if (reply.IsPartial)
        {
            var partial = commits.WithReply(journal.New(CommitKind.RunEnd) with { Chunks = rest }, reply);
            await StopAsync(journal, commits, partial, endsStep: true).ConfigureAwait(false);
            return;
        }

        switch (StepPlanner.Plan(execution.Agent, reply))
        {
            case StepPlan.Complete complete:
                var end = commits.WithReply(
                    journal.New(CommitKind.RunEnd) with
                    {
                        Chunks = rest,
                        Messages = complete.Results,
                    },
                    reply
                );
                await CompleteAsync(journal, commits, end, complete.Output).ConfigureAwait(false);
                break;
            case StepPlan.Continue next:
                var step = commits.WithReply(
                    journal.New(CommitKind.StepCommit) with
                    {
                        Chunks = rest,
                        Messages = next.Messages,
                    },
                    reply
                );
                await journal.CommitAsync(commits.WithStepEnd(step, RunStatus.Running)).ConfigureAwait(false);
                break;
            case StepPlan.RunTools:
                var held = await gates.CheckAsync(execution, reply.Calls, stopping).ConfigureAwait(false);
                var model = commits.Model(reply, rest, held, beginsCalls);
                await journal.CommitAsync(model).ConfigureAwait(false);
                execution.OpenCalls = model.ToolCalls;
                break;
        }
    }

    private async Task ToolPhaseAsync(
        RunExecution execution,
        RunJournal journal,
        RunCommits commits,
        CancellationToken stopping
    )
    {
        await hooks.StartAsync(execution, stopping).ConfigureAwait(false);
        if (commits.Started() is { } started)
        {
            await journal.CommitAsync(started).ConfigureAwait(false);
        }

        var phase = new ToolPhase(execution, journal, commits, tools, options.ToolStopGrace, time);
        await phase.RunAsync(stopping).ConfigureAwait(false);
        while (phase.IsHeld && !commits.IsStopped)
        {
            if (await SuspendAsync(execution, journal, phase).ConfigureAwait(false))
            {
                execution.OpenCalls = [];
                return;
            }

            await phase.RunAsync(stopping).ConfigureAwait(false);
        }

        if (execution.StopsAtOnce || phase.IsHeld)
        {
            await StopAsync(execution, journal, commits, phase).ConfigureAwait(false);
        }
        else if (phase.Output is { } output)
        {
            await CompleteAsync(journal, commits, phase.Close(), output).ConfigureAwait(false);
        }
        else
        {
            await journal.CommitAsync(commits.WithStepEnd(phase.Close(), RunStatus.Running)).ConfigureAwait(false);
        }

        execution.OpenCalls = [];
    }

    // False where there is more to do first: an answer came while its siblings were executed, or a command.
    private async Task<bool> SuspendAsync(RunExecution execution, RunJournal journal, ToolPhase phase)
    {
        var version = await ReadAnswersAsync(execution).ConfigureAwait(false);
        return !phase.TakeAnswers()
            && await journal
                .TryCommitAsync(
                    phase.Suspend(hosting.ResumesItself(execution.Run.AgentType) ?? options.ResumeWhenAnswered) with
                    {
                        ExpectedVersion = version,
                    }
                )
                .ConfigureAwait(false);
    }

    private async Task StopAsync(RunExecution execution, RunJournal journal, RunCommits commits, ToolPhase phase)
    {
        SessionCommit stop;
        do
        {
            var version = await ReadAnswersAsync(execution).ConfigureAwait(false);
            phase.TakeAnswers();
            stop = commits.WithStop(phase.Close(), endsStep: true) with { ExpectedVersion = version };
        } while (!await journal.TryCommitAsync(stop).ConfigureAwait(false));
    }

    // Calls that a run took over may be answered while it executes others. The version says that none came after.
    private async ValueTask<long?> ReadAnswersAsync(RunExecution execution)
    {
        if (execution.Asked.Count == 0)
        {
            return null;
        }

        var run = execution.Run;
        var session = await store.GetSessionAsync(run.Session, CancellationToken.None).ConfigureAwait(false);
        execution.Asked = await store
            .GetPendingCallsAsync(run.Session, run.RunId, CancellationToken.None)
            .ConfigureAwait(false);
        return session?.Version;
    }

    // A command that arrived before the end was durable wins over the end: whoever wrote it was told it is accepted.
    private static async Task CompleteAsync(
        RunJournal journal,
        RunCommits commits,
        SessionCommit commit,
        System.Text.Json.JsonElement output
    )
    {
        var completed = commits.WithStepEnd(commits.WithCompletion(commit, output), RunStatus.Completed);
        if (commits.IsStopped || !await journal.TryCommitAsync(completed).ConfigureAwait(false))
        {
            await StopAsync(journal, commits, commit, endsStep: true).ConfigureAwait(false);
        }
    }

    // Made anew for every command that comes meanwhile: the last one may ask for more.
    private static async Task StopAsync(RunJournal journal, RunCommits commits, SessionCommit commit, bool endsStep)
    {
        while (!await journal.TryCommitAsync(commits.WithStop(commit, endsStep)).ConfigureAwait(false)) { }
    }

    private static async Task FailAsync(RunJournal journal, RunCommits commits, string reason, string error)
    {
        var empty = journal.New(CommitKind.RunEnd);
        var failed = commits.WithFailure(empty, reason, error);
        if (commits.IsStopped || !await journal.TryCommitAsync(failed).ConfigureAwait(false))
        {
            await StopAsync(journal, commits, empty, endsStep: false).ConfigureAwait(false);
        }
    }

    private static bool IsOfModel(Exception exception, CancellationToken stopping) =>
        exception is ChatClientException
        || (
            exception is not EverturnException
            && !(exception is OperationCanceledException && stopping.IsCancellationRequested)
        );
}
