using Everturn.StatefulAgents.Dispatch;

namespace Everturn.StatefulAgents;

/// <summary>A class of stateful agents that this host has code for.</summary>
/// <param name="Name">Its name in kebab case.</param>
/// <param name="AgentType">The class.</param>
/// <param name="Module">Its methods.</param>
/// <param name="Create">Makes an object, from the services of its scope.</param>
internal sealed record StatefulAgentRegistration(
    string Name,
    Type AgentType,
    AgentModule Module,
    Func<IServiceProvider, StatefulAgent> Create
);
