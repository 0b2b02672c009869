using System.Globalization;
using System.Text;
using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Testing.Sessions;

/// <summary>Plain content for commits.</summary>
internal static class Sample
{
    public const string Agent = "assistant";
    public const string Runtime = "workflow";

    /// <summary>A text as a JSON string.</summary>
    public static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes($"\"{text}\"");

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static ReadOnlyMemory<byte> Chunk(string delta) =>
        Encoding.UTF8.GetBytes($$"""{"type":"text_delta","delta":"{{delta}}"}""");

    /// <summary>JSON of exactly so many bytes.</summary>
    public static ReadOnlyMemory<byte> JsonOfSize(int bytes) => Json(new string('x', bytes - 2));

    public static ToolCallRecord ToolCall(string runId, int step, int index, ToolCallStatus status) =>
        new()
        {
            RunId = runId,
            Step = step,
            Index = index,
            ToolCallId = string.Create(CultureInfo.InvariantCulture, $"call-{step}-{index}"),
            ToolName = "search",
            Arguments = "{}"u8.ToArray(),
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"{runId}-{step}-{index}"),
            Effect = "idempotent",
            Status = status,
        };

    public static UsageEntry Tokens(string id, string runId, DateTimeOffset at, long prompt, long completion) =>
        new()
        {
            Id = id,
            RunId = runId,
            Timestamp = at,
            StepCount = 1,
            Kind = "tokens",
            Name = "model-a",
            Provider = "vendor",
            Tokens = new()
            {
                Prompt = prompt,
                Completion = completion,
                Total = prompt + completion,
            },
            Duration = TimeSpan.FromMilliseconds(250),
            Success = true,
        };

    public static CommandRecord Command(SessionKey key, string runId, CommandKind kind, DateTimeOffset at) =>
        new()
        {
            Session = key,
            RunId = runId,
            Kind = kind,
            Reason = "asked",
            Content = "{}"u8.ToArray(),
            CreatedAt = at,
        };
}
