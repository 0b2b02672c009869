using System.Diagnostics;
using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Has a callback that ends the server, as one does that uses up the memory.</summary>
public sealed class TestDyingAgent : StatefulAgent
{
    /// <summary>Schedules the end, and something after it.</summary>
    [Callable]
    public void DieSoon()
    {
        Schedules.Add(TimeSpan.Zero, nameof(Die), "now");
        Schedules.Add(TimeSpan.FromMilliseconds(1), nameof(Live), "after");
    }

    /// <summary>Ends the process at once.</summary>
    [AgentCallback]
    public void Die(string when) => Process.GetCurrentProcess().Kill();

    /// <summary>Notes that it ran.</summary>
    [AgentCallback]
    public void Live(string when) => Storage.Put("lived", when);

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Connection? connection, Exception error, CancellationToken cancellationToken)
    {
        Storage.Put("error", error.GetType().Name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task<AgentResponse> OnRequestAsync(AgentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(
            AgentResponse.Text(
                $"{Storage.Get<string>("lived")} {Storage.Get<string>("error")} {Schedules.List().Count}"
            )
        );
}
