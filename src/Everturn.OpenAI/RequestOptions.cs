using System.Text.Json;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>Options as chat completions take them.</summary>
internal static class RequestOptions
{
    // The key by which Microsoft.Extensions.AI's own adapters ask for a schema that the model cannot leave.
    private const string Strict = "strict";

    /// <summary>Starts from the caller's raw options where there are any; what those set stays.</summary>
    public static Sdk.ChatCompletionOptions From(ChatOptions? options, int? maxOutputTokens, IChatClient client)
    {
        var target = options?.RawRepresentationFactory?.Invoke(client) as Sdk.ChatCompletionOptions ?? new();
        target.MaxOutputTokenCount ??= options?.MaxOutputTokens ?? maxOutputTokens;
        if (options is null)
        {
            return target;
        }

        target.Temperature ??= options.Temperature;
        target.TopP ??= options.TopP;
        target.FrequencyPenalty ??= options.FrequencyPenalty;
        target.PresencePenalty ??= options.PresencePenalty;
        target.Seed ??= options.Seed;
        target.ReasoningEffortLevel ??= Effort(options.Reasoning?.Effort);
        target.ResponseFormat ??= Format(options.ResponseFormat);
        foreach (var stop in options.StopSequences ?? [])
        {
            target.StopSequences.Add(stop);
        }

        foreach (var function in options.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            target.Tools.Add(Tool(function));
        }

        // The API refuses both without tools.
        if (target.Tools.Count > 0)
        {
            target.AllowParallelToolCalls ??= options.AllowMultipleToolCalls;
            target.ToolChoice ??= Choice(options.ToolMode);
        }

        return target;
    }

    private static Sdk.ChatTool Tool(AIFunctionDeclaration function) =>
        Sdk.ChatTool.CreateFunctionTool(
            function.Name,
            function.Description,
            Data(function.JsonSchema),
            IsStrict(function.AdditionalProperties)
        );

    private static Sdk.ChatToolChoice? Choice(ChatToolMode? mode) =>
        mode switch
        {
            AutoChatToolMode => Sdk.ChatToolChoice.CreateAutoChoice(),
            NoneChatToolMode => Sdk.ChatToolChoice.CreateNoneChoice(),
            RequiredChatToolMode { RequiredFunctionName: { } name } => Sdk.ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => Sdk.ChatToolChoice.CreateRequiredChoice(),
            _ => null,
        };

    private static Sdk.ChatResponseFormat? Format(ChatResponseFormat? format) =>
        format switch
        {
            ChatResponseFormatText => Sdk.ChatResponseFormat.CreateTextFormat(),
            ChatResponseFormatJson { Schema: { } schema } json => Sdk.ChatResponseFormat.CreateJsonSchemaFormat(
                json.SchemaName ?? "output",
                Data(schema),
                json.SchemaDescription
            ),
            ChatResponseFormatJson => Sdk.ChatResponseFormat.CreateJsonObjectFormat(),
            _ => null,
        };

    private static Sdk.ChatReasoningEffortLevel? Effort(ReasoningEffort? effort) =>
        effort switch
        {
            ReasoningEffort.None => Sdk.ChatReasoningEffortLevel.None,
            ReasoningEffort.Low => Sdk.ChatReasoningEffortLevel.Low,
            ReasoningEffort.Medium => Sdk.ChatReasoningEffortLevel.Medium,
            ReasoningEffort.High => Sdk.ChatReasoningEffortLevel.High,
            ReasoningEffort.ExtraHigh => Sdk.ChatReasoningEffortLevel.ExtraHigh,
            // The type converts from text, and would take a bare null for one.
            _ => default(Sdk.ChatReasoningEffortLevel?),
        };

    private static bool? IsStrict(IReadOnlyDictionary<string, object?> properties) =>
        properties.TryGetValue(Strict, out var value) ? value as bool? : null;

    private static BinaryData Data(JsonElement json) => BinaryData.FromString(json.GetRawText());
}
