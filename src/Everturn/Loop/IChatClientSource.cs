using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Loop;

/// <summary>Knows of chat clients that are not in dependency injection: an agent server's factory.</summary>
internal interface IChatClientSource
{
    /// <summary>Who makes the run's chat client; null to take the one in dependency injection.</summary>
    ChatClientFactory? FactoryOf(RunRecord run);

    /// <summary>Whether runs of the agent can have a client from here, so that there need not be another.</summary>
    bool Offers(string agentType);
}
