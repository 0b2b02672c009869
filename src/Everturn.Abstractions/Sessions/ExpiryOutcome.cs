using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>What becomes of a pending call that nobody answered in time.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<ExpiryOutcome>))]
public readonly record struct ExpiryOutcome(string Value) : IOpenName<ExpiryOutcome>
{
    /// <summary>It is refused, as if a person had denied it.</summary>
    public static readonly ExpiryOutcome Deny = new("deny");

    /// <summary>Who asked, a model or a workflow, is told that nobody answered.</summary>
    public static readonly ExpiryOutcome Expire = new("expire");

    /// <summary>The run fails with <see cref="RunReason.CallExpired"/>; a workflow's step fails.</summary>
    public static readonly ExpiryOutcome Error = new("error");

    /// <inheritdoc />
    public static ExpiryOutcome FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
