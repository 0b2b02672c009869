namespace Everturn.StatefulAgents.Hosting;

/// <summary>Handles to objects.</summary>
internal sealed class StatefulAgentDirectory(StatefulAgentRegistry registry, IObjectGateway gateway)
    : IStatefulAgentDirectory
{
    public StatefulAgentHandle<TAgent> Get<TAgent>(string name, string tenant = "")
        where TAgent : StatefulAgent
    {
        var id = new StatefulAgentId(tenant, registry.Get(typeof(TAgent)).Name, name);
        id.Check();
        return new StatefulAgentHandle<TAgent>(gateway, id);
    }

    public StatefulAgentHandle Get(StatefulAgentId id)
    {
        id.Check();
        _ = registry.Get(id.Agent);
        return new StatefulAgentHandle(gateway, id);
    }
}
