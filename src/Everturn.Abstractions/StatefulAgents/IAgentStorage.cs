namespace Everturn.StatefulAgents;

/// <summary>
/// The object's own storage besides its state: values by key, transactions (Durable Objects, <c>ctx.storage</c>). All
/// calls are synchronous, so that nothing else runs between them; what is written between two awaits becomes durable
/// together, before anything that the object sends afterwards leaves it.
/// </summary>
public interface IAgentStorage
{
    /// <summary>Bytes of the object's database file.</summary>
    long DatabaseSize { get; }

    /// <summary>The value of a key; the default if there is none.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key, 1 to 2,048 bytes of UTF-8.</param>
    T? Get<T>(string key);

    /// <summary>Reads the value of a key.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key, 1 to 2,048 bytes of UTF-8.</param>
    /// <param name="value">The value, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    bool TryGet<T>(string key, out T? value);

    /// <summary>Sets the value of a key.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key, 1 to 2,048 bytes of UTF-8.</param>
    /// <param name="value">The value; its JSON and the key together at most 2 MB.</param>
    /// <exception cref="InvalidInputException">Key or value is too large; nothing was written.</exception>
    void Put<T>(string key, T value);

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if there was none.</returns>
    bool Delete(string key);

    /// <summary>Keys and values, by key.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="options">Which; null for all.</param>
    IReadOnlyList<KeyValuePair<string, T?>> List<T>(StorageListOptions? options = null);

    /// <summary>Removes all keys, tables and schedules of the object, as if it had never been used.</summary>
    void DeleteAll();

    /// <summary>Runs <paramref name="action"/> so that what it writes is undone if it throws. They can be nested.</summary>
    /// <param name="action">What to do; synchronous.</param>
    void Transaction(Action action);

    /// <summary>
    /// Returns when everything written so far is durable. Needed only before effects that the object cannot hold back,
    /// such as calls of other systems; replies, messages and calls of other objects wait by themselves.
    /// </summary>
    Task SyncAsync();
}
