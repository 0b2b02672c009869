using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>A call that the model asks for, for a tool to say whether a person must allow it.</summary>
public sealed record ApprovalCheck
{
    /// <summary>The session.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments, an object that fits the tool's schema.</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>The committed custom state; undefined where there is none.</summary>
    public JsonElement State { get; init; }
}
