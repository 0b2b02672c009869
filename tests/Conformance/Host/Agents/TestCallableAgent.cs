using System.Text.Json;
using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Methods of every kind.</summary>
public sealed partial class TestCallableAgent : AdderAgent
{
    /// <summary>Takes its time.</summary>
    [Callable]
    public async Task<string> AsyncMethod(int milliseconds)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Time, Lifetime);
        return "done";
    }

    /// <summary>Throws after a while.</summary>
    [Callable]
    public async Task DelayedThrow(int milliseconds, string message)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Time, Lifetime);
        throw new InvalidOperationException(message);
    }

    /// <summary>Throws.</summary>
    [Callable]
    public void ThrowError(string message) => throw new InvalidOperationException(message);

    /// <summary>Never answers.</summary>
    [Callable]
    public Task Hang() => Task.Delay(Timeout.InfiniteTimeSpan, Time, Lifetime);

    /// <summary>Returns nothing.</summary>
    [Callable]
    public void VoidMethod() { }

    /// <summary>Returns null.</summary>
    [Callable]
    public string? ReturnNull() => null;

    /// <summary>Returns nothing, later.</summary>
    [Callable]
    public Task ReturnUndefined() => Task.CompletedTask;

    /// <summary>Returns what it gets.</summary>
    [Callable]
    public JsonElement Echo(JsonElement value) => value;

    /// <summary>Has a default.</summary>
    [Callable]
    public string Greet(string name, string greeting = "Hello") => $"{greeting}, {name}!";

    /// <summary>Sets the state.</summary>
    [Callable]
    public int SetValue(int value)
    {
        SetState(new(value));
        return value;
    }

    /// <summary>Reads the state.</summary>
    [Callable]
    public int GetValue() => State!.Value;

    /// <summary>Reads and writes, with a wait in between that the write does not depend on.</summary>
    [Callable]
    public async Task<int> Increment()
    {
        await Task.Yield();
        SetState(new(State!.Value + 1));
        return State.Value;
    }

    /// <summary>The id of the connection that calls.</summary>
    [Callable]
    public string ConnectionId(Connection connection) => connection.Id;

    /// <summary>The query that the connection came with.</summary>
    [Callable]
    public IReadOnlyDictionary<string, string> ConnectionQuery(Connection connection) => connection.Request.Query;

    /// <summary>The path that the connection came by.</summary>
    [Callable]
    public string ConnectionPath(Connection connection) => connection.Request.Target.Split('?')[0];

    /// <summary>Not for clients.</summary>
    public string PrivateMethod() => "secret";

    /// <inheritdoc/>
    protected override Task<AgentResponse> OnRequestAsync(AgentRequest request, CancellationToken cancellationToken)
    {
        switch (request.SubPath)
        {
            case "query":
                return Task.FromResult(AgentResponse.Json(request.Query));
            case "close":
                var open = Connections.List();
                foreach (var connection in open)
                {
                    connection.Close(int.Parse(request.Query["code"]), request.Query["reason"]);
                }
                return Task.FromResult(AgentResponse.Text($"{open.Count}"));
            default:
                return base.OnRequestAsync(request, cancellationToken);
        }
    }
}
