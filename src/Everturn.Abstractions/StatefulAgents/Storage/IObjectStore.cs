namespace Everturn.StatefulAgents.Storage;

/// <summary>The databases of objects, one for each.</summary>
public interface IObjectStore
{
    /// <summary>
    /// The database of an object that this host owns. Creates nothing: that is left to the first write.
    /// </summary>
    /// <param name="key">The object.</param>
    /// <exception cref="StoreUnavailableException">It cannot be opened, or another process has not let go of it yet.</exception>
    IObjectDatabase Open(StatefulAgentId key);
}
