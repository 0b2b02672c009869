using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>
/// Owners and alarms of objects, in the main file. An object that this node owns already is acquired without a write.
/// </summary>
internal sealed class SqliteObjectDirectory(SqliteDatabase database, string? address) : IObjectDirectory
{
    private SqliteStorage Storage => database.Storage;

    public ValueTask<ObjectPlacement> AcquireAsync(StatefulAgentId key, CancellationToken cancellationToken = default)
    {
        var self = Storage.Nodes.Self;
        var found = Storage.Reads.Read(
            (key, self),
            static (connection, call) => ObjectRows.Read(connection, call.key, call.self)
        );
        return found is { IsLocal: true }
            ? new(found)
            : Storage.Committer.CommitAsync(new ObjectClaimCommit(key, self, address), cancellationToken);
    }

    public async ValueTask SetAlarmAsync(StatefulAgentId key, Fence fence, DateTimeOffset? alarm) =>
        await Storage
            .Committer.CommitAsync(
                new OwnedObjectCommit(CommitKind.ObjectAlarm, ObjectDirectorySql.SetAlarm, key, fence, alarm)
            )
            .ConfigureAwait(false);

    public async ValueTask ForgetAsync(StatefulAgentId key, Fence fence) =>
        await Storage
            .Committer.CommitAsync(new OwnedObjectCommit(CommitKind.ObjectClaim, ObjectDirectorySql.Forget, key, fence))
            .ConfigureAwait(false);

    public ValueTask<IReadOnlyList<ObjectAlarm>> ReadAlarmsAsync(
        IReadOnlyCollection<string> agents,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        var self = Storage.Nodes.Self;
        var alarms = Storage.Reads.ReadSnapshot(
            (agents, limit, self),
            static (connection, call) =>
                call.agents.SelectMany(agent => Read(connection, agent, call.limit, call.self)).ToList()
        );
        return new([.. alarms.OrderBy(alarm => alarm.Time).Take(limit)]);
    }

    private static List<ObjectAlarm> Read(SqliteConnection connection, string agent, int limit, NodeIdentity self)
    {
        using var statement = connection.Use(ObjectDirectorySql.SelectAlarms);
        statement.Bind(1, agent).Bind(2, self.NodeId).Bind(3, self.Epoch).Bind(4, limit);
        List<ObjectAlarm> alarms = [];
        while (statement.Read())
        {
            var key = new StatefulAgentId(statement.Text(0), agent, statement.Text(1));
            alarms.Add(new ObjectAlarm(key, DateTimeOffset.FromUnixTimeMilliseconds(statement.Long(2))));
        }
        return alarms;
    }
}
