using Everturn.Sessions;

namespace Everturn.Workflows;

/// <summary>What became of an approval that a workflow asked for.</summary>
/// <typeparam name="T">The type of the arguments.</typeparam>
public sealed record ApprovalDecision<T>
{
    /// <summary>The id of the approval, by which it is listed and answered.</summary>
    public required string ApprovalId { get; init; }

    /// <summary><c>approved</c>, <c>denied</c> or <c>expired</c>.</summary>
    public required PendingCallStatus Status { get; init; }

    /// <summary>Whether it was approved.</summary>
    public bool IsApproved => Status == PendingCallStatus.Approved;

    /// <summary>What was decided about: the arguments as they were asked for, or as they were approved.</summary>
    public required T Arguments { get; init; }

    /// <summary>Whether it was approved with other arguments.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Who decided; null where that is not known, or nobody did.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, in their words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was decided, UTC, to the millisecond.</summary>
    public DateTimeOffset DecidedAt { get; init; }
}
