using Everturn.StatefulAgents.Dispatch;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>A state, as the smallest agent has one.</summary>
internal sealed record CounterState(int Count, string? Note = null);

/// <summary>The smallest agent with a state and methods.</summary>
internal sealed class Counter : StatefulAgent<CounterState>
{
    public static readonly AgentModule Module = new(
        new AgentMethod(
            "add",
            nameof(Add),
            Done((a, call) => call.Return(((Counter)a).Add(call.Required<int>(0, "by"))))
        )
        {
            IsCallable = true,
        },
        new AgentMethod("nothing", "Nothing", Done((_, _) => { })) { IsCallable = true },
        new AgentMethod("returnNull", "ReturnNull", Done((_, call) => call.Return<string?>(null)))
        {
            IsCallable = true,
        },
        new AgentMethod("fail", "Fail", Done((_, _) => throw new InvalidOperationException("as asked")))
        {
            IsCallable = true,
        },
        new AgentMethod("secret", "Secret", Done((_, call) => call.Return(42))),
        new AgentMethod("numbers", "Numbers", (_, call) => call.StreamAsync(Numbers(call.Required<int>(0, "upTo"))))
        {
            IsCallable = true,
            IsStreaming = true,
        }
    );

    public List<string> Heard { get; } = [];

    protected override CounterState? InitialState => new(0);

    public int Add(int by)
    {
        SetState(State! with { Count = State!.Count + by });
        return State!.Count;
    }

    protected override void ValidateStateChange(CounterState? next, StateSource source)
    {
        if (next is not { Count: >= 0 })
        {
            throw new InvalidOperationException("A count is not negative.");
        }
    }

    protected override Task OnStateChangedAsync(
        CounterState? state,
        StateSource source,
        CancellationToken cancellationToken
    )
    {
        Heard.Add($"{(source.IsServer ? "server" : source.Connection!.Id)}:{state!.Count}");
        return Task.CompletedTask;
    }

    private static Func<StatefulAgent, AgentCall, ValueTask> Done(Action<StatefulAgent, AgentCall> call) =>
        (agent, invocation) =>
        {
            call(agent, invocation);
            return ValueTask.CompletedTask;
        };

    private static async IAsyncEnumerable<int> Numbers(int upTo)
    {
        for (var i = 1; i <= upTo; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}
