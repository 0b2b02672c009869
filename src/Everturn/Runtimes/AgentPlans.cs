using System.Runtime.CompilerServices;
using Everturn.Agents;
using Everturn.Loop;

namespace Everturn.Runtimes;

/// <summary>The plan of each definition, made once.</summary>
/// <param name="time">The clock.</param>
internal sealed class AgentPlans(TimeProvider time)
{
    private readonly ConditionalWeakTable<AgentDefinition, AgentPlan> _plans = [];

    public AgentPlan Of(AgentDefinition agent) => _plans.GetValue(agent, definition => new AgentPlan(definition, time));
}
