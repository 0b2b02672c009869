using System.Text.Json;
using Everturn.Approvals;

namespace Everturn.Sessions.Storage;

/// <summary>Answers to pending calls as they are stored.</summary>
internal static class StoredAnswer
{
    public static ReadOnlyMemory<byte> Write(ToolAnswer answer) =>
        JsonSerializer.SerializeToUtf8Bytes(answer, SessionJsonContext.Stored.ToolAnswer);

    public static ToolAnswer Read(ReadOnlyMemory<byte> stored) =>
        JsonSerializer.Deserialize(stored.Span, SessionJsonContext.Stored.ToolAnswer)!;
}
