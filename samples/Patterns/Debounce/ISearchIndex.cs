namespace Patterns.Debounce;

/// <summary>An index that is expensive to write.</summary>
public interface ISearchIndex
{
    /// <summary>Indexes a document as it is now.</summary>
    /// <param name="document">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task UpdateAsync(string document, CancellationToken cancellationToken);
}
