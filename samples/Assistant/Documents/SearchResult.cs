namespace Assistant.Documents;

/// <summary>What the search tool tells the model.</summary>
/// <param name="Query">What was looked for.</param>
/// <param name="Hits">The best sections first.</param>
internal sealed record SearchResult(string Query, IReadOnlyList<SearchHit> Hits);
