using System.Text.Json.Serialization;
using Everturn.Agents.Steps;
using Everturn.Workflows;

namespace Everturn.Runtimes.Workflow;

/// <summary>The JSON of what workflows that carry agents are given, keep and give back.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StepPointer))]
[JsonSerializable(typeof(AgentWorkflowInput))]
[JsonSerializable(typeof(AgentWorkflowResult))]
[JsonSerializable(typeof(InitializeAgentInput))]
[JsonSerializable(typeof(ExecuteAgentStepInput))]
[JsonSerializable(typeof(AgentStepResult))]
[JsonSerializable(typeof(ExecuteToolCallInput))]
[JsonSerializable(typeof(ToolCallResult))]
[JsonSerializable(typeof(RegisterSubAgentsInput))]
[JsonSerializable(typeof(RecordSubAgentResultInput))]
[JsonSerializable(typeof(MarkAgentFailedInput))]
[JsonSerializable(typeof(EndAgentStreamInput))]
[JsonSerializable(typeof(FailAgentStreamInput))]
[JsonSerializable(typeof(SubAgentCompletionEvent))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
