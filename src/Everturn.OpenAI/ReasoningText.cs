using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>
/// Reasoning that compatible servers show. OpenAI itself does not over this API; others add a field of their own:
/// <c>reasoning_content</c> (DeepSeek, vLLM, SGLang) or <c>reasoning</c> (OpenRouter, Ollama).
/// </summary>
internal static class ReasoningText
{
    public static string? Of(Sdk.StreamingChatCompletionUpdate update) =>
        update.Patch.TryGetValue("$.choices[0].delta.reasoning_content"u8, out string? text)
        || update.Patch.TryGetValue("$.choices[0].delta.reasoning"u8, out text)
            ? text
            : null;

    public static string? Of(Sdk.ChatCompletion completion) =>
        completion.Patch.TryGetValue("$.choices[0].message.reasoning_content"u8, out string? text)
        || completion.Patch.TryGetValue("$.choices[0].message.reasoning"u8, out text)
            ? text
            : null;
}
