using Everturn.Approvals;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Introspection;

/// <summary>
/// Changes what becomes of an instance's steps (Cloudflare Workflows, the test modifiers). What is set here outlives
/// crashes and restarts. A step is named by its name, and where one name is called several times by the number of the
/// call; without a number every call of that name is meant, except those that are named with theirs.
/// </summary>
public sealed class InstanceModifier
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, int? Index), StepPlan> _plans = [];
    private readonly Dictionary<(string Name, int? Index), ChildNotice> _children = [];
    private readonly Dictionary<(string Name, int? Index), (ToolAnswer, string?)?> _answers = [];
    private readonly List<MockedEvent> _events = [];
    private readonly List<PlannedCrash> _crashes = [];
    private readonly StepSelection _sleeps = new();
    private readonly StepSelection _retryDelays = new();
    private readonly StepSelection _eventTimeouts = new();

    internal InstanceModifier() { }

    /// <summary>Whether a crash is still to come.</summary>
    internal bool HasCrash
    {
        get
        {
            lock (_lock)
            {
                return _crashes.Count > 0;
            }
        }
    }

    /// <summary>All sleeps are over at once. They are journaled as ever.</summary>
    public InstanceModifier DisableSleeps() => Set(_sleeps.AddAll);

    /// <summary>A sleep is over at once.</summary>
    /// <param name="step">The sleep's name.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier DisableSleeps(string step, int? index = null) => Set(step, index, _sleeps.Add);

    /// <summary>Steps that fail are tried again at once.</summary>
    public InstanceModifier DisableRetryDelays() => Set(_retryDelays.AddAll);

    /// <summary>A step that fails is tried again at once.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier DisableRetryDelays(string step, int? index = null) => Set(step, index, _retryDelays.Add);

    /// <summary>A step returns <paramref name="result"/>, and its callback does not run.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="result">What it returns, after the failures that were mocked.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable, or the step has a mocked result.</exception>
    public InstanceModifier MockStepResult<T>(string step, T result, int? index = null)
    {
        var json = StepJson.Write(step, result);
        return Plan(step, index, plan => plan.Return(step, _ => json));
    }

    /// <summary>A step returns what <paramref name="result"/> returns, and its callback does not run.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="result">Asked after the failures that were mocked; may throw, which fails the attempt.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable, or the step has a mocked result.</exception>
    public InstanceModifier MockStepResult<T>(string step, Func<WorkflowStepContext, T> result, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Plan(step, index, plan => plan.Return(step, context => StepJson.Write(step, result(context))));
    }

    /// <summary>A streaming step produces <paramref name="pieces"/>, and its callback does not run.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="pieces">What it produces, after the failures that were mocked.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable, or the step has a mocked result.</exception>
    public InstanceModifier MockStepStream(string step, IReadOnlyList<ReadOnlyMemory<byte>> pieces, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return Plan(step, index, plan => plan.Return(step, pieces));
    }

    /// <summary>Attempts of a step fail. Failures that are mocked for one step add up, in the order of the calls.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="error">The failure. With a <see cref="NonRetryableException"/> the step is not tried again.</param>
    /// <param name="times">How many attempts, from 1; null for all.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or a number is not acceptable, or the step fails always already.</exception>
    public InstanceModifier MockStepError(string step, Exception error, int? times = null, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Fail(step, _ => error, times, index);
    }

    /// <summary>Attempts of a step time out, without waiting for it. They add up with mocked errors.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="times">How many attempts, from 1; null for all.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or a number is not acceptable, or the step fails always already.</exception>
    public InstanceModifier ForceStepTimeout(string step, int? times = null, int? index = null) =>
        Fail(step, context => StepScheduler.TimeoutAfter(context.Options.Timeout), times, index);

    /// <summary>
    /// An event is sent as soon as the instance is there, and again after a restart: a wait for it finds it. Several of
    /// one type are received in order.
    /// </summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="type">The event's type.</param>
    /// <param name="payload">The payload.</param>
    /// <exception cref="InvalidInputException">The type is not acceptable.</exception>
    public InstanceModifier MockEvent<T>(string type, T payload)
    {
        WorkflowIdentifiers.CheckEventType(type);
        var mocked = new MockedEvent(type, StepJson.Write(type, payload));
        return Set(() => _events.Add(mocked));
    }

    /// <summary>A wait for an event times out as soon as it is asked for, also where the event is there.</summary>
    /// <param name="step">The wait's name.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier ForceEventTimeout(string step, int? index = null) => Set(step, index, _eventTimeouts.Add);

    /// <summary>A child is not started, and its end brings <paramref name="result"/>. Its workflow need not be registered.</summary>
    /// <typeparam name="T">The child's result.</typeparam>
    /// <param name="step">The name of the step that starts it.</param>
    /// <param name="result">What it returns.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier MockChildResult<T>(string step, T result, int? index = null)
    {
        var notice = ChildNotice.Of(InstanceStatus.Complete, StepJson.Write(step, result), null);
        return Set(step, index, (name, call) => _children[(name, call)] = notice);
    }

    /// <summary>A child is not started, and its end brings an error.</summary>
    /// <param name="step">The name of the step that starts it.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier MockChildError(string step, Exception error, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        var notice = ChildNotice.Of(InstanceStatus.Errored, default, RecordedErrors.From(error));
        return Set(step, index, (name, call) => _children[(name, call)] = notice);
    }

    /// <summary>A request for an approval, or to a client's tool, is answered as soon as it is asked.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="answer">The answer: <see cref="ToolAnswer.Approve"/>, <see cref="ToolAnswer.OfResult"/> and so on.</param>
    /// <param name="decidedBy">Who decided; null where that is not known.</param>
    /// <param name="index">Which call of that name, from 1; null for all.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier MockAnswer(string step, ToolAnswer answer, string? decidedBy = null, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Set(step, index, (name, call) => _answers[(name, call)] = (answer, decidedBy));
    }

    /// <summary>The host dies as it is about to store the outcome of a step, once, and is started again.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="index">Which call of that name, from 1.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier CrashBefore(string step, int index = 1) => Crash(step, index, CrashMoment.BeforeWrite);

    /// <summary>The host dies when it has stored the outcome of a step, before it knows, once, and is started again.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="index">Which call of that name, from 1.</param>
    /// <exception cref="InvalidInputException">The name or the number is not acceptable.</exception>
    public InstanceModifier CrashAfter(string step, int index = 1) => Crash(step, index, CrashMoment.AfterWrite);

    /// <summary>The host dies at a write to the instance's journal, once, and is started again.</summary>
    /// <param name="position">The number of the write, from 1: <see cref="InstanceIntrospector.JournalWrites"/> counts them.</param>
    /// <param name="moment">On which side of the write.</param>
    /// <exception cref="InvalidInputException">The number is less than 1.</exception>
    public InstanceModifier CrashAt(int position, CrashMoment moment = CrashMoment.BeforeWrite)
    {
        CheckCount(position, nameof(position));
        return Set(() => _crashes.Add(new(moment) { Position = position }));
    }

    internal bool SkipsSleep(JournalKey step) => Get(() => _sleeps.Contains(step.Name, step.Ordinal));

    internal bool SkipsRetryDelay(JournalKey step) => Get(() => _retryDelays.Contains(step.Name, step.Ordinal));

    internal bool TimesOut(JournalKey step) => Get(() => _eventTimeouts.Contains(step.Name, step.Ordinal));

    internal StepPlan? PlanOf(string step, int index) =>
        Get(() => _plans.GetValueOrDefault((step, index)) ?? _plans.GetValueOrDefault((step, null)));

    internal ChildNotice? ChildOf(JournalKey step) =>
        Get(() =>
            _children.GetValueOrDefault((step.Name, step.Ordinal)) ?? _children.GetValueOrDefault((step.Name, null))
        );

    internal (ToolAnswer Answer, string? DecidedBy)? AnswerOf(JournalKey step) =>
        Get(() =>
            _answers.GetValueOrDefault((step.Name, step.Ordinal)) ?? _answers.GetValueOrDefault((step.Name, null))
        );

    internal IReadOnlyList<MockedEvent> Events() => Get(() => _events.ToArray());

    /// <summary>The crash that is planned for a write; it is taken out of the plan.</summary>
    internal CrashMoment? TakeCrash(InstanceCommit commit, int position) =>
        Get(() =>
        {
            var crash = _crashes.Find(crash => crash.IsAt(commit, position));
            return crash is not null && _crashes.Remove(crash) ? crash.Moment : (CrashMoment?)null;
        });

    private InstanceModifier Fail(string step, Func<WorkflowStepContext, Exception> failure, int? times, int? index)
    {
        CheckCount(times, nameof(times));
        return Plan(step, index, plan => plan.Fail(step, failure, times));
    }

    private InstanceModifier Plan(string step, int? index, Action<StepPlan> add) =>
        Set(
            step,
            index,
            (name, call) =>
            {
                if (!_plans.TryGetValue((name, call), out var plan))
                {
                    _plans.Add((name, call), plan = new());
                }

                add(plan);
            }
        );

    private InstanceModifier Crash(string step, int index, CrashMoment moment) =>
        Set(step, index, (name, _) => _crashes.Add(new(moment) { Step = (name, index) }));

    private InstanceModifier Set(string step, int? index, Action<string, int?> set)
    {
        WorkflowIdentifiers.CheckStepName(step);
        CheckCount(index, nameof(index));
        return Set(() => set(step, index));
    }

    private InstanceModifier Set(Action set)
    {
        lock (_lock)
        {
            set();
        }

        return this;
    }

    private T Get<T>(Func<T> get)
    {
        lock (_lock)
        {
            return get();
        }
    }

    private static void CheckCount(int? count, string field)
    {
        if (count < 1)
        {
            throw new InvalidInputException(field, "must be at least 1.");
        }
    }
}
