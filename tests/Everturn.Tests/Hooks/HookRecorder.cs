using System.Collections.Concurrent;
using Everturn.Agents;

namespace Everturn.Tests.Hooks;

/// <summary>Hooks that write down what was called.</summary>
internal sealed class HookRecorder(string prefix = "")
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IReadOnlyList<string> Calls => [.. _calls];

    public AgentHooks Hooks =>
        new()
        {
            OnAgentStart = (start, _) =>
                Note($"start {start.Run.Trigger} {string.Join('+', start.Input.Select(message => message.Text))}"),
            BeforeModelCall = (call, _) => Note($"before model {call.Step}.{call.Attempt}"),
            AfterModelCall = (call, _) =>
                Note($"after model {call.Step}.{call.Attempt} {call.Exception?.Message ?? call.Text}".TrimEnd()),
            BeforeTool = (call, _) => Note($"before {call.Tool.Name} {call.Arguments}"),
            AfterTool = (call, _) => Note($"after {call.Tool.Name} {call.Succeeded} {call.Result}"),
            OnAgentComplete = (end, _) => Note($"complete {end.Output}"),
            OnAgentFail = (end, _) => Note($"fail {end.Reason} {end.Error}"),
            OnAgentInterrupt = (end, _) => Note($"interrupt {end.Reason}"),
        };

    /// <summary>Waits until this was called; what follows an end is called after readers know of it.</summary>
    public async Task UntilAsync(string call)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Calls.Contains(call))
        {
            patience.Token.IsCancellationRequested.ShouldBeFalse(
                $"'{call}' was not called: {string.Join(" | ", Calls)}"
            );
            await Task.Yield();
        }
    }

    public ValueTask Note(string call)
    {
        _calls.Enqueue(prefix + call);
        return default;
    }
}
