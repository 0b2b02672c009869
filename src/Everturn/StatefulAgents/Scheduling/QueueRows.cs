using System.Text;
using System.Text.Json;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>An object's queue, as its agent uses it.</summary>
internal sealed class QueueRows(ObjectActivation activation, Callbacks callbacks, Action added) : IAgentQueue
{
    private IObjectDatabase Database => activation.Database;

    public string Add<T>(string callback, T payload, AgentRetryOptions? retry = null)
    {
        activation.RequireTurn();
        callbacks.Check(callback);
        callbacks.Check(retry);
        var json = Encoding.UTF8.GetString(AgentJson.Write(payload));
        var id = ShortId.New();
        activation.Tables.Ensure(AgentSql.QueueTable, AgentSql.CreateQueue);
        Database.Execute(
            AgentSql.InsertItem,
            new SqlValue(id),
            new SqlValue(callback),
            new SqlValue(json),
            new SqlValue(activation.Time.GetUtcNow().ToUnixTimeMilliseconds()),
            new SqlValue(StoredRetry.Write(retry))
        );
        activation.Alarm.Touch();
        StatefulAgentLog.Queued(activation.Host.Logger, activation.Id, callback, id);
        added();
        return id;
    }

    public QueuedItem? Find(string id) => FirstOrNull(AgentSql.SelectItem, new SqlValue(id));

    public IReadOnlyList<QueuedItem> List() => HasTable() ? [.. Database.Execute(AgentSql.ListItems).Select(Read)] : [];

    public IReadOnlyList<QueuedItem> List(string key, JsonElement value) =>
        [
            .. List()
                .Where(item =>
                    item.Payload is { ValueKind: JsonValueKind.Object } payload
                    && payload.TryGetProperty(key, out var member)
                    && JsonElement.DeepEquals(member, value)
                ),
        ];

    public bool Remove(string id)
    {
        activation.Starts.Forget(id);
        return Write(AgentSql.DeleteItem, new SqlValue(id)) > 0;
    }

    public int Clear() => Write(AgentSql.DeleteItems);

    public int RemoveAll(string callback) => Write(AgentSql.DeleteItemsOf, new SqlValue(callback));

    public QueuedItem? First() => FirstOrNull(AgentSql.FirstItem);

    private static QueuedItem Read(SqlRow row) =>
        new()
        {
            Id = row[0].AsText(),
            Callback = row[1].AsText(),
            Payload = row[2].AsTextOrNull() is { } payload ? JsonElement.Parse(payload) : null,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row[3].AsLong()),
            Retry = StoredRetry.Read(row[4].AsTextOrNull()),
        };

    private QueuedItem? FirstOrNull(string sql, params ReadOnlySpan<SqlValue> parameters) =>
        HasTable() && Database.Execute(sql, parameters).FirstOrNull() is { } row ? Read(row) : null;

    private int Write(string sql, params ReadOnlySpan<SqlValue> parameters)
    {
        if (!HasTable())
        {
            return 0;
        }

        activation.Alarm.Touch();
        return Database.Execute(sql, parameters).RowsWritten;
    }

    private bool HasTable()
    {
        activation.RequireTurn();
        return activation.Tables.Has(AgentSql.QueueTable);
    }
}
