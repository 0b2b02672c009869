namespace Everturn.StatefulAgents;

/// <summary>A statement was refused by SQLite; it changed nothing (Cloudflare Agents, <c>SqlError</c>).</summary>
/// <param name="query">The statement, without its parameters' values.</param>
/// <param name="cause">What SQLite said.</param>
/// <param name="innerException">SQLite's own exception.</param>
public sealed class SqlQueryException(string query, string cause, Exception? innerException = null)
    : EverturnException($"SQL query failed: {cause}", innerException)
{
    /// <summary>The statement, without its parameters' values.</summary>
    public string Query { get; } = query;
}
