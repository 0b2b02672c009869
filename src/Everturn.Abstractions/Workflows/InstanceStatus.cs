using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>
/// Where a workflow instance is in its life. Open: a status that this build does not know is kept as it is. The names
/// are those of Cloudflare Workflows.
/// </summary>
/// <param name="Value">The name as it is stored and sent.</param>
[JsonConverter(typeof(InstanceStatusJsonConverter))]
public readonly record struct InstanceStatus(string Value)
{
    /// <summary>Created or released, and not taken by a node yet.</summary>
    public static InstanceStatus Queued { get; } = new("queued");

    /// <summary>A node is executing it.</summary>
    public static InstanceStatus Running { get; } = new("running");

    /// <summary>Stopped on request; can be resumed.</summary>
    public static InstanceStatus Paused { get; } = new("paused");

    /// <summary>Ended with an error. Terminal.</summary>
    public static InstanceStatus Errored { get; } = new("errored");

    /// <summary>Ended on request. Terminal.</summary>
    public static InstanceStatus Terminated { get; } = new("terminated");

    /// <summary>Ended with a result. Terminal.</summary>
    public static InstanceStatus Complete { get; } = new("complete");

    /// <summary>A pause was asked for and steps are still in flight.</summary>
    public static InstanceStatus WaitingForPause { get; } = new("waitingForPause");

    /// <summary>Out of memory until a sleep or retry is due or an event arrives.</summary>
    public static InstanceStatus Waiting { get; } = new("waiting");

    /// <summary>The status cannot be told.</summary>
    public static InstanceStatus Unknown { get; } = new("unknown");

    /// <summary>Whether nothing can happen to the instance any more, except that it is restarted or deleted.</summary>
    [JsonIgnore]
    public bool IsTerminal => Value is "errored" or "terminated" or "complete";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
