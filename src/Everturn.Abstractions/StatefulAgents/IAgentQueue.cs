using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>
/// Calls of the object's own methods one after the other, in the background (Cloudflare Agents, <c>queue</c>). They are
/// stored with the object and go on after a crash. Callbacks are named as for <see cref="IAgentSchedules"/>. One that
/// fails in all its attempts is reported and removed, and the next one runs.
/// </summary>
public interface IAgentQueue
{
    /// <summary>Adds a call at the end.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="callback">The method.</param>
    /// <param name="payload">What it gets.</param>
    /// <param name="retry">Retries; null for the agent's own.</param>
    /// <returns>The item's id.</returns>
    /// <exception cref="InvalidInputException">An argument is not acceptable; nothing was stored.</exception>
    string Add<T>(string callback, T payload, AgentRetryOptions? retry = null);

    /// <summary>The item with an id; null if there is none, or no more.</summary>
    /// <param name="id">The id.</param>
    QueuedItem? Find(string id);

    /// <summary>What waits or runs, in order.</summary>
    IReadOnlyList<QueuedItem> List();

    /// <summary>Items whose payload has <paramref name="value"/> as its member <paramref name="key"/>, in order.</summary>
    /// <param name="key">A member of the payload, at its top level.</param>
    /// <param name="value">What it must equal.</param>
    IReadOnlyList<QueuedItem> List(string key, JsonElement value);

    /// <summary>Removes an item.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False if there was none.</returns>
    bool Remove(string id);

    /// <summary>Removes everything.</summary>
    /// <returns>How many items there were.</returns>
    int Clear();

    /// <summary>Removes all calls of one method.</summary>
    /// <param name="callback">The method.</param>
    /// <returns>How many there were.</returns>
    int RemoveAll(string callback);
}
