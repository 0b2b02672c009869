using Assistant.Models;

namespace Assistant;

/// <summary>What the sample says at start-up.</summary>
internal static partial class AssistantLog
{
    [LoggerMessage(1, LogLevel.Information, "Questions are answered by {Model}.")]
    public static partial void Answers(this ILogger logger, ModelChoice model);
}
