using System.Text.Json;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.State;

namespace Everturn.Loop;

/// <summary>
/// The tools of one step, in parallel. Each outcome is stored as it comes; the last one rides with the commit that ends
/// the step or suspends the run, which the caller finishes.
/// </summary>
internal sealed class ToolPhase(
    RunExecution execution,
    RunJournal journal,
    RunCommits commits,
    ToolRunner tools,
    TimeSpan stopGrace,
    TimeProvider time
)
{
    private readonly ToolCallRecord[] _calls = [.. execution.OpenCalls];
    private readonly List<int> _changed = [];
    private ToolOutcome? _last;

    /// <summary>The run's output, where a tool that finishes the run succeeded.</summary>
    public JsonElement? Output =>
        Array.Find(
            _calls,
            call =>
                call.Status == ToolCallStatus.Succeeded
                && execution.Agent.Tools.TryGetValue(call.ToolName, out var tool)
                && tool.FinishesRun
        )
            is { } finisher
            ? JsonBytes.Parse(finisher.Result)
            : null;

    /// <summary>Whether a call waits for somebody outside.</summary>
    public bool IsHeld => Array.Exists(_calls, call => call.Status.IsHeld);

    /// <summary>Executes what may be executed and has no outcome yet. Can be called again when answers were taken.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await RecordIntentAsync().ConfigureAwait(false);
        // A run that is to stop already was taken over, or stopped between its halves: nothing more begins.
        var running = execution.StopsAtOnce
            ? []
            : _calls.Where(IsOpen).Select(call => tools.RunAsync(execution, journal, call, stopping)).ToList();
        while (running.Count > 0)
        {
            if (await NextAsync(running).ConfigureAwait(false) is not { } ended)
            {
                break;
            }

            running.Remove(ended);
            await StoreLastAsync().ConfigureAwait(false);
            _last = await ended.ConfigureAwait(false);
            _calls[_last.Call.Index] = _last.Call;
            if (running.Count > 0)
            {
                await StoreLastAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives calls that wait the answers that are there by now.</summary>
    /// <returns>Whether any had one.</returns>
    public bool TakeAnswers()
    {
        var answered = HeldCalls.Answer(_calls, execution.Asked);
        var any = false;
        for (var index = 0; index < _calls.Length; index++)
        {
            if (!ReferenceEquals(answered[index], _calls[index]))
            {
                any = true;
                _calls[index] = answered[index];
                _changed.Add(index);
            }
        }

        return any;
    }

    /// <summary>The step's commit: calls that are left without an outcome are closed.</summary>
    public SessionCommit Close()
    {
        var left = Array.FindAll(_calls, call => !call.Status.HasOutcome);
        var calls = _calls.Select(call => call.Status.HasOutcome ? call : tools.Interrupted(call)).ToList();
        var step = commits.Tools(calls, _last);
        var changed = _changed.Concat(left.Select(call => call.Index)).Distinct().ToList();
        return changed.Count == 0
            ? step
            : step with
            {
                ToolCalls = [.. step.ToolCalls, .. changed.Select(index => calls[index])],
                Chunks = [.. changed.Select(index => execution.Chunks.ToolEnd(calls[index])), .. step.Chunks],
            };
    }

    /// <summary>The end of the run at the calls that wait.</summary>
    /// <param name="resumesItself">Whether the last answer resumes the run.</param>
    public SessionCommit Suspend(bool resumesItself) =>
        commits.Suspension(_calls, [.. Changed()], _last, resumesItself);

    private static bool IsOpen(ToolCallRecord call) => !call.Status.HasOutcome && !call.Status.IsHeld;

    private async Task StoreLastAsync()
    {
        if (_last is { } last)
        {
            await journal.CommitAsync(commits.Outcome(last)).ConfigureAwait(false);
            _last = null;
        }
    }

    // A call that was begun before has no outcome because its host died: the new attempt is recorded before it starts,
    // as is the first one where the model's message did not carry it. One that may not be repeated is not: somebody has
    // to say whether it took effect.
    private async Task RecordIntentAsync()
    {
        var isNew = Array.Exists(_calls, call => IsOpen(call) && call.Attempt == 0);
        if (execution.StopsAtOnce || !(execution.CallsAreRepeated || isNew || _changed.Count > 0))
        {
            return;
        }

        var begun = new List<ToolCallRecord>();
        foreach (var call in _calls.Where(IsOpen))
        {
            if (execution.CallsAreRepeated && call.IsUnknownAfterCrash())
            {
                _calls[call.Index] = call with { Status = ToolCallStatus.Unknown };
                _changed.Add(call.Index);
                continue;
            }

            _calls[call.Index] = call with { Status = ToolCallStatus.Started, Attempt = call.Attempt + 1 };
            begun.Add(_calls[call.Index]);
        }

        execution.CallsAreRepeated = false;
        if (begun.Count > 0)
        {
            await StoreLastAsync().ConfigureAwait(false);
            // What answers made of other calls rides along.
            var others = Changed().Where(call => !begun.Contains(call)).ToList();
            await journal.CommitAsync(commits.Intent([.. begun, .. others])).ConfigureAwait(false);
            _changed.Clear();
        }
    }

    private IEnumerable<ToolCallRecord> Changed() => _changed.Distinct().Select(index => _calls[index]);

    // Null where an interrupt came and the calls that are left do not stop within the grace.
    private async Task<Task<ToolOutcome>?> NextAsync(List<Task<ToolOutcome>> running)
    {
        var next = Task.WhenAny(running);
        if (await Task.WhenAny(next, execution.WhenStopped).ConfigureAwait(false) == next)
        {
            return await next.ConfigureAwait(false);
        }

        try
        {
            return await next.WaitAsync(stopGrace, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
