using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>What a <see cref="StatefulAgent"/> rests on: its host's side of one stay in memory.</summary>
internal interface IObjectContext
{
    StatefulAgentId Id { get; }

    TimeProvider Time { get; }

    JsonElement? Props { get; }

    Dispatch.AgentModule Module { get; }

    IAgentStorage Storage { get; }

    IAgentSchedules Schedules { get; }

    IAgentQueue Queue { get; }

    IAgentConnections Connections { get; }

    CancellationToken Lifetime { get; }

    /// <exception cref="InvalidOperationException">The caller is not in a turn of this object.</exception>
    void RequireTurn();

    SqlRows Sql(string query, ReadOnlySpan<SqlValue> parameters);

    /// <summary>The stored state; null if there is none.</summary>
    ReadOnlyMemory<byte>? ReadState();

    void RemoveState();

    /// <summary>Stores the state and sends it to the connections, its source excepted.</summary>
    void WriteState(ReadOnlyMemory<byte> json, StateSource source);

    /// <summary>Runs <paramref name="hook"/> in a turn of its own; its errors go to the object's error hook.</summary>
    void Notify(Func<CancellationToken, Task> hook);

    IDisposable KeepAlive();

    Task BlockConcurrencyAsync(Func<Task> section);

    Task DestroyAsync();

    void Abort(string reason);

    void StateUnreadable(Exception exception);
}
