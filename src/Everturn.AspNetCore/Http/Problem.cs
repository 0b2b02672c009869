using System.Text.Json.Serialization;

namespace Everturn.AspNetCore;

/// <summary>An error as it travels: RFC 9457, with the members that a program needs to react to it.</summary>
internal sealed record Problem
{
    public Problem(int status, string code, string title, string detail)
    {
        Status = status;
        Code = code;
        Title = title;
        Detail = detail;
    }

    public string Type => "urn:everturn:problem:" + Code;

    public string Title { get; }

    public int Status { get; }

    public string Detail { get; }

    public string Code { get; }

    /// <summary>The JSON path, query parameter or header that is wrong.</summary>
    public string? Field { get; init; }

    public string? SessionId { get; init; }

    public string? RunId { get; init; }

    public string? RunStatus { get; init; }

    /// <summary>Why a session cannot be taken up again.</summary>
    public string? Reason { get; init; }

    public string? CheckpointId { get; init; }

    public string? AgentType { get; init; }

    public string? ActualAgentType { get; init; }

    public IReadOnlyList<string>? AvailableTypes { get; init; }

    public string? Workflow { get; init; }

    public string? InstanceId { get; init; }

    public string? InstanceStatus { get; init; }

    /// <summary>Seconds until a repetition makes sense; travels as a header.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }
}
