using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Child;

/// <summary>A store of one table, for tests of what lies below the stores.</summary>
internal static class NotesSchema
{
    public static readonly Schema Schema = new(
        "notes",
        [new Migration(1, "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")]
    );

    public static long Insert(SqliteConnection connection, string text)
    {
        using var statement = connection.Use("INSERT INTO notes (text) VALUES (?1) RETURNING id");
        statement.Bind(1, text).Read();
        return statement.Long(0);
    }

    public static long Count(SqliteConnection connection) => connection.QueryLong("SELECT count(*) FROM notes")!.Value;

    public static IReadOnlyList<string> Texts(SqliteConnection connection)
    {
        using var statement = connection.Use("SELECT text FROM notes ORDER BY id");
        List<string> texts = [];
        while (statement.Read())
            texts.Add(statement.Text(0));
        return texts;
    }
}
