using Everturn.StatefulAgents;

namespace Everturn.Bench.Hosting;

/// <summary>A number that clients read, count up and share.</summary>
public sealed class BenchCounter : StatefulAgent<BenchCount>
{
    /// <summary>What clients connect to.</summary>
    public const string Path = "/agents/bench-counter/";

    protected override BenchCount InitialState => new(0);

    /// <summary>A call that writes nothing.</summary>
    [Callable]
    public int Echo(int value) => value;

    /// <summary>A call with a durable write, which no client is told of.</summary>
    [Callable]
    public int Write(int value)
    {
        Storage.Put("value", value);
        return value;
    }

    /// <summary>A new state, for every client.</summary>
    [Callable]
    public void Share(int value) => SetState(new(value));

    /// <summary>Something small that stays.</summary>
    public void Settle() => SetState(new(1));

    protected override Task<AgentResponse> OnRequestAsync(AgentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(AgentResponse.Text($"{State!.Value}"));
}
