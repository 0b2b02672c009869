using Microsoft.Data.Sqlite;

namespace Assistant.Documents;

/// <summary>
/// Full-text search over a folder of Markdown with SQLite FTS5, ranked by BM25. The index lives in memory and is built
/// again when a file changed: a folder of documentation takes milliseconds.
/// </summary>
internal sealed class DocumentIndex(DocumentFolder folder) : IDisposable
{
    public const int MaxHits = 10;
    public const int MaxPageLines = 200;
    public const int MaxPageCharacters = 12_000;

    private static readonly string[] InsertParameters = ["$path", "$title", "$heading", "$text", "$line"];

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private IReadOnlyList<DocumentFile> _indexed = [];
    private bool _open;

    /// <summary>The sections that fit a query best.</summary>
    /// <param name="query">Words of any language; empty finds nothing.</param>
    /// <param name="limit">How many, 1 to <see cref="MaxHits"/>; other values are moved into that range.</param>
    public IReadOnlyList<SearchHit> Search(string query, int limit = 5)
    {
        var expression = SearchQuery.Expression(query);
        if (expression.Length == 0)
        {
            return [];
        }

        lock (_gate)
        {
            Refresh();
            using var command = Command(DocumentSql.Search);
            command.Parameters.AddWithValue("$query", expression);
            command.Parameters.AddWithValue("$limit", Math.Clamp(limit, 1, MaxHits));
            using var rows = command.ExecuteReader();
            var hits = new List<SearchHit>();
            while (rows.Read())
            {
                hits.Add(new(rows.GetString(0), rows.GetString(1), rows.GetInt32(2), rows.GetString(3)));
            }

            return hits;
        }
    }

    /// <summary>Part of a page; null where the path names no document.</summary>
    /// <param name="path">A path as a search gives it.</param>
    /// <param name="fromLine">The first line, from 1; what is outside of the page is moved into it.</param>
    public PageResult? Read(string path, int fromLine = 1)
    {
        if (folder.Read(path) is not { } text)
        {
            return null;
        }

        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var first = Math.Clamp(fromLine, 1, lines.Length);
        var taken = new List<string>();
        var characters = 0;
        foreach (var line in lines.Skip(first - 1).Take(MaxPageLines))
        {
            var room = MaxPageCharacters - characters;
            if (line.Length >= room && taken.Count > 0)
            {
                break;
            }

            taken.Add(line.Length > room ? line[..room] : line);
            characters += line.Length + 1;
        }

        return new(
            path,
            MarkdownText.Title(text, path),
            first,
            first + taken.Count - 1,
            lines.Length,
            string.Join('\n', taken)
        );
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private void Refresh()
    {
        var files = folder.List();
        if (_open && files.SequenceEqual(_indexed))
        {
            return;
        }

        if (!_open)
        {
            _connection.Open();
            _open = true;
        }

        using var transaction = _connection.BeginTransaction();
        Run(DocumentSql.Clear);
        using var insert = Command(DocumentSql.Insert);
        var values = InsertParameters.Select(name => insert.Parameters.Add(new(name, null))).ToArray();
        foreach (var file in files)
        {
            if (folder.Read(file) is not { } text)
            {
                continue;
            }

            var title = MarkdownText.Title(text, file.Path);
            foreach (var section in MarkdownText.Sections(text, title))
            {
                object[] row = [file.Path, title, section.Heading, section.Text, section.Line];
                for (var i = 0; i < row.Length; i++)
                {
                    values[i].Value = row[i];
                }

                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
        _indexed = files;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
