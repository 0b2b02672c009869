namespace Everturn.StatefulAgents.Storage;

/// <summary>Which of our tables an object has. Asked anew each time: users and rollbacks may remove them.</summary>
internal sealed class ObjectTables(IObjectDatabase database)
{
    public bool Has(string table) =>
        database.Exists && database.Execute(AgentSql.FindTable, new SqlValue(table)).Count > 0;

    /// <summary>Creates a table with its first use.</summary>
    public void Ensure(string table, string create)
    {
        if (!Has(table))
        {
            database.Execute(create);
        }
    }
}
