using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Loop;

/// <summary>What to do with a model's reply.</summary>
internal abstract record StepPlan
{
    private StepPlan() { }

    /// <summary>The run completes with this output.</summary>
    /// <param name="Output">A JSON string for text agents, else the structured output.</param>
    /// <param name="Results">Results that answer the calls of the last message, none for text.</param>
    public sealed record Complete(JsonElement Output, IReadOnlyList<AgentMessage> Results) : StepPlan;

    /// <summary>These calls are to be executed.</summary>
    /// <param name="Calls">The calls, in the model's order.</param>
    public sealed record RunTools(IReadOnlyList<ToolCall> Calls) : StepPlan;

    /// <summary>Nothing is to be executed; the model is called again with these messages added.</summary>
    /// <param name="Messages">Results of refused calls, or a reminder.</param>
    public sealed record Continue(IReadOnlyList<AgentMessage> Messages) : StepPlan;
}
