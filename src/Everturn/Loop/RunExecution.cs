using System.Diagnostics;
using Everturn.Agents;
using Everturn.Loop.Budgets;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>A run while this process executes it: what is known of it, and the commands that reached it.</summary>
internal sealed class RunExecution : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _deadline;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunExecution(
        AgentPlan plan,
        RunRecord run,
        SessionRecord session,
        Conversation conversation,
        IServiceProvider services,
        TimeProvider time
    )
    {
        Plan = plan;
        Run = run;
        Fence = run.Owner ?? throw new ArgumentException("A run is executed by its owner.", nameof(run));
        Session = session;
        SessionStepCount = session.StepCount;
        QueuedRuns = session.QueuedRuns;
        Conversation = conversation;
        Services = services;
        Staged = new StagedChanges(conversation.State);
        Chunks = new ChunkFactory(run, time);
    }

    public AgentPlan Plan { get; }

    public AgentDefinition Agent => Plan.Definition;

    public RunRecord Run { get; private set; }

    public Fence Fence { get; }

    public Conversation Conversation { get; }

    public IServiceProvider Services { get; }

    public ChunkFactory Chunks { get; }

    /// <summary>Made with the first model call; see <see cref="ChatClients"/>.</summary>
    public IChatClient? ChatClient { get; set; }

    /// <summary>The run's span in this process, if anybody listens.</summary>
    public Activity? Span { get; set; }

    /// <summary>The step under way, from 1.</summary>
    public int Step => Run.StepCount + 1;

    /// <summary>Calls of the step under way whose message is stored, until the step commits.</summary>
    public IReadOnlyList<ToolCallRecord> OpenCalls { get; set; } = [];

    /// <summary>True where the open calls may have been begun by an earlier host.</summary>
    public bool CallsAreRepeated { get; set; }

    /// <summary>Rows of this run that ask for an answer; more may be answered since.</summary>
    public IReadOnlyList<PendingCallRecord> Asked { get; set; } = [];

    /// <summary>The session as it was when this process took the run.</summary>
    public SessionRecord Session { get; }

    /// <summary>What hooks staged for the commit of the model's answer.</summary>
    public StagedChanges Staged { get; set; }

    /// <summary>Whether the hooks at the run's start were called by this process.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Events of the start hooks, until the first step is recorded.</summary>
    public List<ReadOnlyMemory<byte>> StartEvents { get; } = [];

    /// <summary>Committed steps of the session.</summary>
    public int SessionStepCount { get; private set; }

    /// <summary>What the run's turn used; null until it was read.</summary>
    public Spending? Turn { get; set; }

    /// <summary>What the session used; null until it was read.</summary>
    public Spending? InSession { get; set; }

    /// <summary>How many messages waited in the session when it was last looked at.</summary>
    public int QueuedRuns { get; set; }

    /// <summary>The last command that was obeyed.</summary>
    public int SeenCommandRevision { get; private set; }

    /// <summary>Cancelled when the run is to stop at once.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Completes when the run is to stop at once.</summary>
    public Task WhenStopped => _stopped.Task;

    /// <summary>The strongest command to stop that arrived; that the time is up counts as one.</summary>
    public CommandRecord? StopCommand { get; private set; }

    /// <summary>Whether the step under way is to stop, and not only the run after it.</summary>
    public bool StopsAtOnce => StopCommand is { } command && command.Kind != CommandKind.InterruptAtCheckpoint;

    /// <summary>Takes a command. May come from any thread, late, twice, or out of order.</summary>
    public void Obey(CommandRecord command)
    {
        lock (_lock)
        {
            if (command.Revision <= SeenCommandRevision)
            {
                return;
            }

            SeenCommandRevision = command.Revision;
            if (Strength(command.Kind) > Strength(StopCommand?.Kind))
            {
                StopCommand = command;
            }
        }

        if (StopsAtOnce)
        {
            StopNow();
        }
    }

    /// <summary>Keeps the records current after a commit of this run.</summary>
    public void Applied(SessionCommit commit, SessionCommitResult result)
    {
        // Flushes are acknowledged while later commits are under way, and carry nothing new about the run.
        if (commit.Kind != CommitKind.DeltaFlush)
        {
            Run = result.Run ?? Run;
            SessionStepCount = result.Session!.StepCount;
            QueuedRuns = result.Session.QueuedRuns;
        }

        foreach (var entry in commit.Usage)
        {
            Turn?.Add(entry);
            InSession?.Add(entry);
        }

        Conversation.Apply(commit, result.Session!);
        if (commit.Kind != CommitKind.DeltaFlush)
        {
            Staged = new StagedChanges(Conversation.State);
            StartEvents.Clear();
        }
    }

    /// <summary>The run was ended from outside its own commits.</summary>
    public void Ended(RunRecord run) => Run = run;

    /// <summary>Stops the run at once when its time is up.</summary>
    public void StopAfter(TimeSpan wait, BudgetExcess excess, TimeProvider time) =>
        _deadline = time.CreateTimer(
            _ => OutOfTime(excess, time.GetUtcNow()),
            null,
            wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan
        );

    public void Dispose()
    {
        _deadline?.Dispose();
        _stop.Dispose();
    }

    private void OutOfTime(BudgetExcess excess, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (Strength(RunEnding.OutOfTime) <= Strength(StopCommand?.Kind))
            {
                return;
            }

            StopCommand = new()
            {
                Session = Run.Session,
                RunId = Run.RunId,
                Kind = RunEnding.OutOfTime,
                Reason = excess.Reason,
                Content = JsonBytes.Write(JsonBytes.String(excess.Error)),
                CreatedAt = at,
            };
        }

        StopNow();
    }

    private void StopNow()
    {
        _stopped.TrySetResult();
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run was let go of in this very moment.
        }
    }

    // Whoever asked for more gets it, whoever came first.
    private static int Strength(CommandKind? kind) =>
        kind == CommandKind.Abort ? 4
        : kind == RunEnding.OutOfTime ? 3
        : kind == CommandKind.Interrupt ? 2
        : kind == CommandKind.InterruptAtCheckpoint ? 1
        : 0;
}
