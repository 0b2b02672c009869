using Everturn.Agents;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>A definition with all that can be worked out once: what the model is offered, and the retry pipeline.</summary>
internal sealed class AgentPlan
{
    private readonly ChatOptions _options;

    public AgentPlan(AgentDefinition definition, TimeProvider time)
    {
        Definition = definition;
        Retry = ModelRetry.Build(definition.Retry, time);
        _options = definition.ChatOptions?.Clone() ?? new ChatOptions();
        var tools = definition.Tools.Values.Select(Declare).ToList();
        if (definition.Output is { } output)
        {
            tools.Add(
                AIFunctionFactory.CreateDeclaration(
                    OutputContract.FinishToolName,
                    "Gives the final result and ends the task.",
                    output.Schema
                )
            );
        }

        if (tools.Count > 0)
        {
            _options.Tools = tools;
        }
    }

    public AgentDefinition Definition { get; }

    public Polly.ResiliencePipeline<ModelReply> Retry { get; }

    /// <summary>The options of one call; a copy, since chat clients may change them.</summary>
    public ChatOptions Options(string sessionId)
    {
        var options = _options.Clone();
        options.ConversationId = null;
        options.AdditionalProperties ??= [];
        options.AdditionalProperties["everturn.session_id"] = sessionId;
        return options;
    }

    // The model gets a declaration, not the function: nobody but the loop may invoke it.
    private static AITool Declare(AgentTool tool) =>
        AIFunctionFactory.CreateDeclaration(
            tool.Name,
            tool.Description ?? tool.Declaration.Description,
            tool.Declaration.JsonSchema,
            tool.Declaration.ReturnJsonSchema
        );
}
