using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// Rewrites a store's statements for a database that is not its own: each of its tables and indices has a prefix there.
/// </summary>
internal sealed partial class TablePrefix
{
    private readonly string _prefix;
    private readonly HashSet<string> _names;

    // A store has so and so many statements; values are never part of them.
    private readonly ConcurrentDictionary<string, string> _rewritten = new(StringComparer.Ordinal);

    /// <param name="prefix">What is put before each name.</param>
    /// <param name="schema">The store's tables.</param>
    public TablePrefix(string prefix, Schema schema)
    {
        _prefix = prefix;
        _names =
        [
            SchemaMigrator.VersionsTable,
            .. schema
                .Migrations.SelectMany(migration => Created().Matches(migration.Sql))
                .Select(m => m.Groups["name"].Value),
        ];
    }

    /// <summary>The statement for that database.</summary>
    public string Rewrite(string sql) =>
        _rewritten.GetOrAdd(
            sql,
            static (sql, self) =>
                Words().Replace(sql, word => self._names.Contains(word.Value) ? self._prefix + word.Value : word.Value),
            this
        );

    [GeneratedRegex(
        @"CREATE (UNIQUE )?(TABLE|INDEX) (?<name>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Created();

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
