namespace Everturn.StatefulAgents;

/// <summary>The way to objects from other code (Durable Objects: namespace, <c>getAgentByName</c>).</summary>
public interface IStatefulAgentDirectory
{
    /// <summary>A handle to an object. Nothing happens until it is used.</summary>
    /// <typeparam name="TAgent">The object's class.</typeparam>
    /// <param name="name">The instance's name.</param>
    /// <param name="tenant">Whose it is; empty for the default tenant.</param>
    /// <exception cref="StatefulAgentNotFoundException">The class is not registered.</exception>
    /// <exception cref="InvalidInputException">The name breaks its rule.</exception>
    StatefulAgentHandle<TAgent> Get<TAgent>(string name, string tenant = "")
        where TAgent : StatefulAgent;

    /// <summary>A handle to an object by its id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="StatefulAgentNotFoundException">The class is not registered.</exception>
    /// <exception cref="InvalidInputException">The id breaks a rule.</exception>
    StatefulAgentHandle Get(StatefulAgentId id);
}
