using Everturn.StatefulAgents;

namespace Counter;

/// <summary>A number that everybody counts up, and who is there to do it. One object for each name in the address.</summary>
public sealed class SharedCounter : StatefulAgent<CounterState>
{
    /// <inheritdoc/>
    protected override CounterState InitialState => new(0, []);

    /// <summary>Counts. When the page learns the result, it is on disk.</summary>
    [Callable]
    public int Add(int by = 1)
    {
        SetState(State! with { Count = State.Count + by });
        return State.Count;
    }

    /// <inheritdoc/>
    protected override Task OnConnectAsync(Connection connection, CancellationToken cancellationToken)
    {
        connection.SetState(connection.Request.Query.GetValueOrDefault("as", "somebody"));
        return SeeWhoIsHere();
    }

    /// <inheritdoc/>
    protected override Task OnCloseAsync(Connection connection, CloseInfo close, CancellationToken cancellationToken) =>
        SeeWhoIsHere();

    private Task SeeWhoIsHere()
    {
        SetState(State! with { People = [.. Connections.List().Select(one => one.GetState<string>()!).Order()] });
        return Task.CompletedTask;
    }
}
