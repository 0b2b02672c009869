using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Does not say which object was reached.</summary>
public sealed class TestNoIdentityAgent : StatefulAgent<ValueState>
{
    /// <inheritdoc/>
    protected override AgentOptions Options { get; } = new() { SendIdentityOnConnect = false };

    /// <inheritdoc/>
    protected override ValueState InitialState => new(0);
}
