namespace Assistant.Documents;

/// <summary>The statements of <see cref="DocumentIndex"/>.</summary>
internal static class DocumentSql
{
    public const string Clear = """
        DROP TABLE IF EXISTS sections;
        CREATE VIRTUAL TABLE sections USING fts5(
          path UNINDEXED, title, heading, text, line UNINDEXED, tokenize = 'porter unicode61');
        """;

    public const string Insert =
        "INSERT INTO sections (path, title, heading, text, line) VALUES ($path, $title, $heading, $text, $line)";

    // A word in a heading says more about a section than one in its text; path and line break ties the same way each time.
    public const string Search = """
        SELECT path, heading, line, snippet(sections, 3, '', '', ' … ', 24)
        FROM sections WHERE sections MATCH $query
        ORDER BY bm25(sections, 0.0, 2.0, 4.0, 1.0), path, line LIMIT $limit
        """;
}
