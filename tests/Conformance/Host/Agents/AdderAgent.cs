using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Methods for others to inherit.</summary>
public abstract class AdderAgent : StatefulAgent<ValueState>
{
    /// <inheritdoc/>
    protected override ValueState InitialState => new(0);

    /// <summary>Adds.</summary>
    [Callable(Description = "Adds two numbers")]
    public int Add(int a, int b) => a + b;

    /// <summary>Says which class answers.</summary>
    [Callable]
    public virtual string Overridden() => "base";
}
