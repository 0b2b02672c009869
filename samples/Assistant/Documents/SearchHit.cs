namespace Assistant.Documents;

/// <summary>A section that a search found.</summary>
/// <param name="Path">The page.</param>
/// <param name="Heading">The section's heading.</param>
/// <param name="Line">The line it begins at, from 1.</param>
/// <param name="Snippet">The words around the match.</param>
internal sealed record SearchHit(string Path, string Heading, int Line, string Snippet);
