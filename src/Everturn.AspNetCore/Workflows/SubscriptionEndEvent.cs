using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>Data of the server-sent event <c>end</c>, after which the server closes a subscription.</summary>
public sealed record SubscriptionEndEvent
{
    /// <summary><c>complete</c>, <c>errored</c> or <c>terminated</c>; <c>deleted</c> where the instance is gone.</summary>
    public required string Status { get; init; }

    /// <summary>Its error, if it errored.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>The last number that was delivered, or the one the reader began with.</summary>
    public required long Cursor { get; init; }
}
