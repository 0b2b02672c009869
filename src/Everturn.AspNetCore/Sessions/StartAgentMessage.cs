using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A message that a caller brings along.</summary>
public sealed record StartAgentMessage
{
    /// <summary><c>user</c> or <c>system</c>. Required.</summary>
    public string? Role { get; init; }

    /// <summary>The text. Required.</summary>
    public string? Content { get; init; }

    /// <summary>What to keep with it; <c>hidden: true</c> keeps it from people but not from the model.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>Files, each as a data URI.</summary>
    public IReadOnlyList<MessageFile?>? Files { get; init; }
}
