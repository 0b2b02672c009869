using Everturn.Agents;

namespace Everturn.Parity.Tests.Matrix;

/// <summary>
/// Something that must be the same on every runtime and store: a row of the page. A class in this assembly is all that
/// it takes. It is made anew for each case.
/// </summary>
internal abstract class ParityScenario
{
    /// <summary>Where the page has it.</summary>
    public string Group => GetType().Namespace!.Split('.')[^1];

    /// <summary>What the page says: a sentence.</summary>
    public abstract string Name { get; }

    /// <summary>The agents that its hosts have.</summary>
    public virtual IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Writer];

    /// <summary>The clock of its hosts.</summary>
    public virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Says how its hosts execute agents.</summary>
    public virtual void Configure(EverturnBuilder everturn) { }

    /// <summary>Does it, and throws where something is not as it must be.</summary>
    public abstract Task RunAsync(ParityScene scene);
}
