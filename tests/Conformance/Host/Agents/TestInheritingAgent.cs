using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Inherited, overridden and own methods.</summary>
public sealed class TestInheritingAgent : AdderAgent
{
    /// <summary>One of its own.</summary>
    [Callable]
    public string Own() => "own";

    /// <inheritdoc/>
    public override string Overridden() => "derived";
}
