using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>Where a call that waits for somebody outside is.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<PendingCallStatus>))]
public readonly record struct PendingCallStatus(string Value) : IOpenName<PendingCallStatus>
{
    /// <summary>Nobody has answered.</summary>
    public static readonly PendingCallStatus Pending = new("pending");

    /// <summary>A client gave the result.</summary>
    public static readonly PendingCallStatus Answered = new("answered");

    /// <summary>A person allowed it.</summary>
    public static readonly PendingCallStatus Approved = new("approved");

    /// <summary>A person refused it.</summary>
    public static readonly PendingCallStatus Denied = new("denied");

    /// <summary>Its time was over, and the default outcome applied.</summary>
    public static readonly PendingCallStatus Expired = new("expired");

    /// <summary>Nobody waits for the answer any more: its run was interrupted or aborted, its instance has ended or began anew.</summary>
    public static readonly PendingCallStatus Withdrawn = new("withdrawn");

    /// <inheritdoc />
    public static PendingCallStatus FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
