using System.Diagnostics;
using Everturn.Agents;
using Everturn.Loop;
using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Everturn.Diagnostics;

/// <summary>Makes the spans and metrics of model and tool calls.</summary>
/// <param name="options">What they tell.</param>
internal sealed class LoopTelemetry(TelemetryOptions options)
{
    // The type lives in a package that is not referenced here; it is known only where the application uses it.
    private static readonly Lazy<Type?> TracedClient = new(() =>
        Type.GetType("Microsoft.Extensions.AI.OpenTelemetryChatClient, Microsoft.Extensions.AI", throwOnError: false)
    );

    /// <summary>One attempt of a model call begins.</summary>
    public ModelTelemetry ModelCall(
        RunExecution execution,
        IChatClient client,
        IReadOnlyList<ChatMessage> messages,
        ChatOptions request,
        int attempt
    )
    {
        // A pipeline with its own instrumentation reports each call itself; twice would be wrong in every sum.
        if (IsTraced(client))
        {
            return new(null, default, null);
        }

        var metadata = client.GetService<ChatClientMetadata>();
        var model = request.ModelId ?? metadata?.DefaultModelId;
        var tags = new TagList { { GenAiTags.Operation, "chat" } };
        if (metadata?.ProviderName is { } provider)
        {
            tags.Add(GenAiTags.Provider, provider);
        }

        if (model is not null)
        {
            tags.Add(GenAiTags.RequestModel, model);
        }

        var span = EverturnDiagnostics.Source.StartActivity(
            model is null ? "chat" : $"chat {model}",
            ActivityKind.Client,
            default(ActivityContext),
            tags
        );
        var content = options.CaptureContent && span is not null ? new CapturedContent(execution.Agent) : null;
        if (span is not null)
        {
            Describe(span, execution, request, metadata, attempt);
            content?.Request(span, messages);
        }

        return new(span, tags, content);
    }

    /// <summary>A tool is called.</summary>
    public ToolTelemetry ToolCall(AgentTool tool, ToolCallRecord call)
    {
        var span = EverturnDiagnostics
            .Source.StartActivity($"execute_tool {tool.Name}")
            ?.SetTag(GenAiTags.Operation, "execute_tool")
            .SetTag(GenAiTags.ToolName, tool.Name)
            .SetTag(GenAiTags.ToolType, "function")
            .SetTag(GenAiTags.ToolDescription, tool.Description ?? tool.Declaration.Description)
            .SetTag(GenAiTags.ToolCallId, call.ToolCallId)
            .SetTag(GenAiTags.Attempt, call.Attempt);
        return new(span, tool, options.CaptureContent, call);
    }

    private static void Describe(
        Activity span,
        RunExecution execution,
        ChatOptions request,
        ChatClientMetadata? metadata,
        int attempt
    ) =>
        span.SetTag(GenAiTags.Conversation, execution.Run.Session.SessionId)
            .SetTag(GenAiTags.AgentName, execution.Agent.Name)
            .SetTag(GenAiTags.RequestTemperature, request.Temperature)
            .SetTag(GenAiTags.RequestTopP, request.TopP)
            .SetTag(GenAiTags.RequestTopK, request.TopK)
            .SetTag(GenAiTags.RequestMaxTokens, request.MaxOutputTokens)
            .SetTag(GenAiTags.OutputType, execution.Agent.Output is null ? "text" : "json")
            .SetTag(GenAiTags.ServerAddress, metadata?.ProviderUri?.Host)
            .SetTag(GenAiTags.ServerPort, metadata?.ProviderUri?.Port)
            .SetTag(GenAiTags.Attempt, attempt);

    private static bool IsTraced(IChatClient client) =>
        (TracedClient.Value is { } type && client.GetService(type) is not null)
        || client.GetType().Name == "OpenTelemetryChatClient";
}
