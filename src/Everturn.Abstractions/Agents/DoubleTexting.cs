using System.Text.Json.Serialization;

namespace Everturn.Agents;

/// <summary>
/// What becomes of a message for a session whose run has not ended. Of no meaning for a session that is free: there
/// every message begins a run at once.
/// </summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<DoubleTexting>))]
public readonly record struct DoubleTexting(string Value) : IOpenName<DoubleTexting>
{
    /// <summary>It is refused with <see cref="AgentAlreadyRunningException"/>. The default.</summary>
    public static readonly DoubleTexting Reject = new("reject");

    /// <summary>It waits, and begins a run of its own when those before it have ended.</summary>
    public static readonly DoubleTexting Enqueue = new("enqueue");

    /// <summary>The run in its way is interrupted, and its own begins then, before any message that only waits.</summary>
    public static readonly DoubleTexting Interrupt = new("interrupt");

    /// <summary>
    /// As <see cref="Interrupt"/>, and the session goes back to where the run in its way began: messages and state of
    /// that run are void; its chunks stay in the stream.
    /// </summary>
    public static readonly DoubleTexting Rollback = new("rollback");

    /// <summary>
    /// It joins the run in its way before that run's next model call. If the turn ends without another one, the message
    /// begins a run of its own.
    /// </summary>
    public static readonly DoubleTexting Steer = new("steer");

    /// <summary>All there are, in the order in which they are documented.</summary>
    public static IReadOnlyList<DoubleTexting> All { get; } = [Reject, Enqueue, Interrupt, Rollback, Steer];

    /// <summary>Whether the run in its way is to make room.</summary>
    [JsonIgnore]
    public bool Supersedes => this == Interrupt || this == Rollback;

    /// <inheritdoc />
    public static DoubleTexting FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
