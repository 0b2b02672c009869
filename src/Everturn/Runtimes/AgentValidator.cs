using Everturn.Agents;
using Everturn.Loop;
using Everturn.Sessions;
using Everturn.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Runtimes;

/// <summary>Fails the start of a host whose agents could not work, and says what to change.</summary>
internal sealed class AgentValidator(
    AgentRegistry agents,
    ChatClients clients,
    ModelPrices prices,
    IServiceProvider services
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<ISessionStore>() is null)
        {
            throw new InvalidOperationException(
                "Everturn has no store. Add one: services.AddEverturn().UseSqlite(o => o.DataDirectory = \"data\")"
            );
        }

        using var scope = services.CreateScope();
        foreach (var agent in agents.Definitions)
        {
            clients.Check(agent, scope.ServiceProvider);
            clients.CheckPrice(agent, prices, scope.ServiceProvider);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
