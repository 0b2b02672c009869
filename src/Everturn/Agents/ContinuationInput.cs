using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Everturn.Sessions;
using Everturn.Sessions.Storage;

namespace Everturn.Agents;

/// <summary>What a resume or a retry is given: checked, as messages, and as the hash that tells requests apart.</summary>
internal static class ContinuationInput
{
    private const int MaxCheckpointIdLength = 256;

    /// <exception cref="InvalidInputException">Something is not acceptable.</exception>
    public static void Check(ResumeOptions options)
    {
        CheckRequestId(options.RequestId);
        if (!Enum.IsDefined(options.Mode))
        {
            throw new InvalidInputException("mode", "There is no such mode.");
        }

        if (options.Mode == ResumeMode.WithMessage && string.IsNullOrEmpty(options.Message))
        {
            throw new InvalidInputException("message", "It is required by this mode.");
        }

        if (options.Mode == ResumeMode.Branch && options.CheckpointId is null)
        {
            throw new InvalidInputException("checkpointId", "It is required by this mode.");
        }

        if (options.Mode == ResumeMode.Retry && options.CheckpointId is not null)
        {
            throw new InvalidInputException("checkpointId", "A retry goes on from the run's last checkpoint.");
        }

        if (options.CheckpointId is { Length: 0 or > MaxCheckpointIdLength })
        {
            throw new InvalidInputException("checkpointId", $"It is 1 to {MaxCheckpointIdLength} characters.");
        }

        RunInput.CheckRoles(options.AppendMessages, "appendMessages");
    }

    /// <exception cref="InvalidInputException">Something is not acceptable.</exception>
    public static void Check(RetryRunOptions options)
    {
        CheckRequestId(options.RequestId);
        if (!Enum.IsDefined(options.Mode))
        {
            throw new InvalidInputException("mode", "There is no such mode.");
        }
    }

    /// <summary>Messages of a user, the last one as a text.</summary>
    public static IReadOnlyList<AgentMessage> Messages(IReadOnlyList<AgentMessage>? messages, string? last) =>
        string.IsNullOrEmpty(last) ? messages ?? [] : [.. messages ?? [], AgentMessage.FromUser(last)];

    public static string Hash(ResumeOptions options) =>
        Hash(writer =>
        {
            writer.WriteStringValue("resume");
            writer.WriteNumberValue((int)options.Mode);
            writer.WriteStringValue(options.CheckpointId);
            Write(writer, Messages(options.AppendMessages, options.Message));
            options.ModifyState?.WriteTo(writer);
        });

    public static string Hash(RetryRunOptions options) =>
        Hash(writer =>
        {
            writer.WriteStringValue("retry");
            writer.WriteNumberValue((int)options.Mode);
            Write(writer, Messages(null, options.Message));
        });

    private static string Hash(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<AgentMessage> messages)
    {
        foreach (var message in messages)
        {
            writer.WriteRawValue(MessageJson.Encode(message).Span);
        }
    }

    private static void CheckRequestId(string? requestId)
    {
        if (requestId is not null)
        {
            Identifiers.CheckRequestId(requestId, "requestId");
        }
    }
}
