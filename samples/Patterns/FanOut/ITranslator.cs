namespace Patterns.FanOut;

/// <summary>Translates texts, slowly.</summary>
public interface ITranslator
{
    /// <summary>Where a book's chapters end.</summary>
    /// <param name="book">The book.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The names of the chapters.</returns>
    Task<IReadOnlyList<string>> SplitAsync(string book, CancellationToken cancellationToken);

    /// <summary>Translates a chapter and stores it.</summary>
    /// <param name="chapter">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many words it has.</returns>
    Task<int> TranslateAsync(string chapter, CancellationToken cancellationToken);
}
