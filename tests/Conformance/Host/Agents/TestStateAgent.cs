using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>State, and requests about it.</summary>
public sealed class TestStateAgent : StatefulAgent<SharedState>
{
    private readonly List<StateUpdate> _updates = [];

    /// <inheritdoc/>
    protected override SharedState InitialState => new(0, [], LastUpdated: null);

    /// <summary>Answers once everything before it was handled.</summary>
    [Callable]
    public string Ping() => "pong";

    /// <summary>Sets the state from the server.</summary>
    [Callable]
    public void SetCount(int count) => SetState(new(count, [], "server"));

    /// <inheritdoc/>
    protected override void ValidateStateChange(SharedState? next, StateSource source)
    {
        if (next is { Count: < 0 })
        {
            throw new InvalidOperationException("The count is never negative.");
        }
    }

    /// <inheritdoc/>
    protected override Task OnStateChangedAsync(
        SharedState? state,
        StateSource source,
        CancellationToken cancellationToken
    )
    {
        _updates.Add(new(state, source.Connection?.Id ?? "server"));
        if (state?.LastUpdated == "fail in the hook")
        {
            throw new InvalidOperationException("The hook failed.");
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task<AgentResponse> OnRequestAsync(
        AgentRequest request,
        CancellationToken cancellationToken
    ) =>
        request.SubPath switch
        {
            "state" => AgentResponse.Json(new StateAnswer(State)),
            "state-updates" => AgentResponse.Json(new StateUpdates([.. _updates])),
            "connections" => AgentResponse.Json(new CountAnswer(Connections.Count)),
            "echo" => AgentResponse.Json(
                new EchoAnswer(
                    request.Method,
                    await request.ReadTextAsync(cancellationToken),
                    request.Target.Split('?')[0]
                )
            ),
            _ => AgentResponse.Text("Not found", 404),
        };
}
