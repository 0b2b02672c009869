namespace Everturn.Workflows.Storage;

/// <summary>Texts of refusals, the same from every store (Cloudflare Workflows, where it has one).</summary>
public static class StoreMessages
{
    /// <summary>A terminate of an instance that has ended.</summary>
    public const string CannotTerminate =
        "(instance.cannot_terminate) Cannot terminate instance since its on a finite state";

    /// <summary>A pause of an instance that has ended.</summary>
    public const string CannotPause = "(instance.cannot_pause) Cannot pause instance since its on a finite state";

    /// <summary>A restart from a step that was never started.</summary>
    /// <param name="name">The step's name.</param>
    public static string CannotRestart(string name) =>
        $"(instance.cannot_restart) Step \"{name}\" not found in execution history";

    /// <summary>An event for an instance that has ended.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="status">How it ended.</param>
    public static string CannotReceive(InstanceKey key, InstanceStatus status) =>
        $"(instance.finished) Instance {key} is {status} and takes no more events";
}
