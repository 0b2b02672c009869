using System.Text.Json;
using Everturn.Sessions;
using Everturn.State;

namespace Everturn.Loop;

/// <summary>
/// The tools of one step, in parallel. Each outcome is stored as it comes; the last one rides with the step's commit,
/// which the caller finishes.
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

    /// <summary>Executes what has no outcome yet and gives the step's commit.</summary>
    public async Task<SessionCommit> RunAsync(CancellationToken stopping)
    {
        await RecordIntentAsync().ConfigureAwait(false);
        // A run that is to stop already was taken over, or stopped between its halves: nothing more begins.
        var running = execution.StopsAtOnce
            ? []
            : _calls
                .Where(call => !call.Status.HasOutcome)
                .Select(call => tools.RunAsync(execution, journal, call, stopping))
                .ToList();
        ToolOutcome? last = null;
        while (running.Count > 0)
        {
            if (await NextAsync(running).ConfigureAwait(false) is not { } ended)
            {
                break;
            }

            running.Remove(ended);
            last = await ended.ConfigureAwait(false);
            _calls[last.Call.Index] = last.Call;
            if (running.Count > 0)
            {
                await journal.CommitAsync(commits.Outcome(last)).ConfigureAwait(false);
                last = null;
            }
        }

        var left = Array.FindAll(_calls, call => !call.Status.HasOutcome);
        foreach (var call in left)
        {
            _calls[call.Index] = tools.Interrupted(call);
        }

        var step = commits.Tools(_calls, last);
        return left.Length == 0
            ? step
            : step with
            {
                ToolCalls = [.. step.ToolCalls, .. left.Select(call => _calls[call.Index])],
                Chunks = [.. left.Select(call => execution.Chunks.ToolEnd(_calls[call.Index])), .. step.Chunks],
            };
    }

    // A call that was begun before has no outcome because its host died: the new attempt is recorded before it starts.
    private async Task RecordIntentAsync()
    {
        if (!execution.CallsAreRepeated || execution.StopsAtOnce)
        {
            return;
        }

        var repeated = new List<ToolCallRecord>();
        foreach (var call in _calls.Where(call => !call.Status.HasOutcome))
        {
            _calls[call.Index] = call with { Status = ToolCallStatus.Started, Attempt = call.Attempt + 1 };
            repeated.Add(_calls[call.Index]);
        }

        execution.CallsAreRepeated = false;
        if (repeated.Count > 0)
        {
            await journal.CommitAsync(commits.Intent(repeated)).ConfigureAwait(false);
        }
    }

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
