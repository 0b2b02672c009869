namespace Everturn.Sessions;

/// <summary>What a suspended run needs to go on: which calls or children it waits for. Nothing waits in memory.</summary>
public sealed record SuspensionRecord
{
    /// <summary>The run that ended at the boundary.</summary>
    public required string RunId { get; init; }

    /// <summary>Which boundary, one of the suspended run statuses.</summary>
    public required RunStatus Kind { get; init; }

    /// <summary>The step that is not complete.</summary>
    public required int Step { get; init; }

    /// <summary>Unanswered calls.</summary>
    public IReadOnlyList<string> ToolCallIds { get; init; } = [];

    /// <summary>Sessions of unfinished children.</summary>
    public IReadOnlyList<string> ChildSessionIds { get; init; } = [];

    /// <summary>Whether the run is resumed by itself when the last answer arrives.</summary>
    public bool ResumesItself { get; init; }

    /// <summary>When the earliest default outcome applies.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
