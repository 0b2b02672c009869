using Microsoft.Extensions.AI;

namespace Everturn.Testing.Crashes;

/// <summary>Crash points in the middle of a model call, where nothing is written.</summary>
public static class CrashChatClientExtensions
{
    /// <summary>Kills the process once the model has given this many pieces, counted over all calls of the process.</summary>
    /// <param name="client">The model.</param>
    /// <param name="pieces">How many, from 1.</param>
    public static IChatClient CrashAfterDeltas(this IChatClient client, int pieces)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        return client.WithCrashPoints(new CrashObserver(new(null, pieces)));
    }

    /// <summary>Tells an observer of every piece of the model's answers.</summary>
    /// <param name="client">The model.</param>
    /// <param name="observer">The observer.</param>
    public static IChatClient WithCrashPoints(this IChatClient client, CrashObserver observer) =>
        new CrashingChatClient(client, observer);

    /// <summary>
    /// Kills or stops the process in the middle of a model call if the environment asks for it, for example with
    /// <c>EVERTURN_CRASH_AT=model-update:7</c>; else it is the model itself.
    /// </summary>
    /// <param name="client">The model.</param>
    public static IChatClient WithCrashPoints(this IChatClient client) =>
        CrashSettings.FromEnvironment() is { Point: null } settings
            ? client.WithCrashPoints(new CrashObserver(settings))
            : client;
}
