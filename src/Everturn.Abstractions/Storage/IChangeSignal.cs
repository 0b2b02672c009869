namespace Everturn.Storage;

/// <summary>
/// Says that something changed in the store. A hint only: it may be lost, doubled or late, so listeners read by
/// cursor after every hint and poll now and then besides.
/// </summary>
public interface IChangeSignal
{
    /// <summary>Calls <paramref name="onChange"/> after each commit of any process that shares the store.</summary>
    /// <param name="onChange">Must return at once and never throw.</param>
    /// <returns>Dispose it to stop listening.</returns>
    IDisposable Subscribe(Action onChange);
}
