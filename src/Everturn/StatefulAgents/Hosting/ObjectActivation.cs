using System.Text.Json;
using Everturn.StatefulAgents.Dispatch;
using Everturn.StatefulAgents.Scheduling;
using Everturn.StatefulAgents.Storage;
using Everturn.StatefulAgents.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>One stay of an object in memory. Used on the object's thread, except where it says otherwise.</summary>
#pragma warning disable CA1001 // CloseAsync, with which every stay ends, disposes what it holds.
internal sealed partial class ObjectActivation : IObjectContext
#pragma warning restore CA1001
{
    private readonly HashSet<Turn> _turns = [];
    private readonly CancellationTokenSource _lifetime = new();
    private readonly AsyncServiceScope _scope;
    private readonly ObjectConnections _connections;
    private int _keepAlives;
    private ObjectEnding? _ending;
    private bool _destroys;
    private bool _closed;

    public ObjectActivation(ObjectSlot slot, IObjectDatabase database, ObjectPlacement placement, JsonElement? props)
    {
        Slot = slot;
        Database = database;
        Props = props;
        Placement = placement;
        Outbox = new Outbox(() => !Database.IsDirty && !Alarm!.IsDirty && !_destroys);
        Alarm = new AlarmKeeper(this);
        Tables = new ObjectTables(database);
        Storage = new ObjectStorage(this);
        Starts = new CallbackStarts(this);
        Scheduler = new ScheduleRunner(this);
        Drainer = new QueueDrainer(this);
        _connections = new ObjectConnections(this);
        _scope = slot.Host.Services.CreateAsyncScope();
        try
        {
            Agent = slot.Registration.Create(_scope.ServiceProvider);
        }
        catch
        {
            _scope.Dispose();
            throw;
        }

        Agent.Attach(this);
    }

    public ObjectSlot Slot { get; }

    public IObjectDatabase Database { get; }

    public ObjectPlacement Placement { get; }

    public Outbox Outbox { get; }

    public AlarmKeeper Alarm { get; }

    public ObjectTables Tables { get; }

    public ObjectStorage Storage { get; }

    public CallbackStarts Starts { get; }

    public ScheduleRunner Scheduler { get; }

    public QueueDrainer Drainer { get; }

    public StatefulAgent Agent { get; }

    public ObjectHost Host => Slot.Host;

    public StatefulAgentId Id => Slot.Id;

    public TimeProvider Time => Host.Time;

    public JsonElement? Props { get; }

    public AgentModule Module => Slot.Registration.Module;

    public CancellationToken Lifetime => _lifetime.Token;

    IAgentStorage IObjectContext.Storage => Storage;

    IAgentSchedules IObjectContext.Schedules => Scheduler.Schedules;

    IAgentQueue IObjectContext.Queue => Drainer.Queue;

    IAgentConnections IObjectContext.Connections => _connections;

    /// <summary>Whether the start hook has ended.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether it may leave memory.</summary>
    public bool IsIdle => _turns.Count == 0 && _keepAlives == 0 && !Scheduler.IsRunning;

    /// <summary>Whether something holds it in memory and is to wake it again after a crash.</summary>
    public bool IsKeptAlive => _keepAlives > 0;

    /// <summary>Whether the host stops, and the stay ends with its last turn.</summary>
    public bool EndsWhenQuiet { get; set; }

    /// <summary>Whether any turn has begun and not ended.</summary>
    public bool HasTurns => _turns.Count > 0;

    /// <summary>Whether the stay is over as soon as the code that is running returns.</summary>
    public bool IsEnding => _ending is not null;

    /// <summary>When the last turn ended, as a timestamp of the clock. Read from any thread.</summary>
    public long LastUsed { get; private set; }

    public bool HasToSettle => _ending is not null || Database.IsDirty || Alarm.IsDirty;

    public CurrentAgent ContextOf(Turn turn) => new(Agent, turn.Connection?.Connection, turn.Request) { Turn = turn };

    public void Began(Turn turn) => _turns.Add(turn);

    public void Ended(Turn turn)
    {
        _turns.Remove(turn);
        LastUsed = Time.GetTimestamp();
        if (turn.DestroysObject)
        {
            End(ObjectEndingKind.Destroyed, "it was destroyed");
        }
        else if (EndsWhenQuiet && _turns.Count == 0 && turn is not StartTurn)
        {
            End(ObjectEndingKind.Shutdown, "its host stops");
        }
    }

    /// <summary>The stay ends as soon as the code that is running returns; what was decided first counts.</summary>
    public void End(ObjectEndingKind kind, string reason, Exception? cause = null) =>
        _ending ??= new ObjectEnding(kind, new ObjectResetException(Id, reason, cause));

    /// <summary>Whether the calling code is in a turn of this stay. From any thread.</summary>
    public bool IsInTurn => ObjectThread.CurrentTurn?.Activation == this;

    /// <summary>
    /// Runs something that awaits nothing on the object's thread, from any other. The result is durable.
    /// </summary>
    public Task<TResult> EnterAsync<TResult>(Func<TResult> use)
    {
        var turn = new StorageTurn<TResult>(this, use);
        // Code that a turn awaits may have left the object's thread; where everything waits for that turn, it goes on in it.
        if (CurrentAgent.Context?.Turn is Turn flowing && flowing == Slot.Thread.Exclusive)
        {
            Slot.Thread.Continue(flowing, static state => ((StorageTurn<TResult>)state!).RunWithin(), turn);
        }
        else
        {
            Slot.Thread.Continue(turn, static state => ((Turn)state!).Begin(), turn);
        }

        return turn.Result;
    }

    /// <inheritdoc />
    public void RequireTurn()
    {
        if (ObjectThread.CurrentTurn?.Activation != this)
        {
            throw new InvalidOperationException(
                $"{Id} is used outside of its turns. Does the agent await with ConfigureAwait(false)?"
            );
        }

        // Until it is closed, one that leaves memory is whole. Afterwards its database may be open for the stay that follows.
        if (_ending is { } ending && (_closed || ending.Kind != ObjectEndingKind.Evicted))
        {
            throw ending.Reason;
        }
    }

    public SqlRows Sql(string query, ReadOnlySpan<SqlValue> parameters)
    {
        RequireTurn();
        var wasDirty = Database.IsDirty;
        var rows = Database.ExecuteUser(query, parameters);
        if (Database.IsDirty && (!wasDirty || rows.RowsWritten > 0))
        {
            // It may have touched our own tables.
            Alarm.Touch();
        }

        return rows;
    }

    public void Notify(Func<CancellationToken, Task> hook)
    {
        var turn = new HookTurn(this, hook);
        Slot.Thread.Continue(turn, static state => ((Turn)state!).Begin(), turn);
    }

    public IDisposable KeepAlive()
    {
        RequireTurn();
        _keepAlives++;
        Alarm.Touch();
        return new KeepAliveLease(this);
    }

    public void LetGo()
    {
        _keepAlives--;
        LastUsed = Time.GetTimestamp();
        Alarm.Touch();
    }

    public async Task BlockConcurrencyAsync(Func<Task> section)
    {
        ArgumentNullException.ThrowIfNull(section);
        RequireTurn();
        await ConcurrencyBlock.RunAsync(this, ObjectThread.CurrentTurn!, section).ConfigureAwait(true);
    }

    public Task DestroyAsync()
    {
        RequireTurn();
        _destroys = true;
        ObjectThread.CurrentTurn!.DestroysObject = true;
        return Task.CompletedTask;
    }

    public void Abort(string reason)
    {
        RequireTurn();
        End(ObjectEndingKind.Reset, reason);
        throw _ending!.Reason;
    }

    /// <summary>Something threw where no caller is told: it is logged, and the agent's hook hears of it.</summary>
    public void Report(HostedConnection? connection, Exception exception)
    {
        if (exception is ObjectResetException)
        {
            return;
        }

        StatefulAgentLog.TurnFailed(Host.Logger, Id, exception);
        var turn = new ErrorTurn(this, connection, exception);
        Slot.Thread.Continue(turn, static state => ((Turn)state!).Begin(), turn);
    }

    /// <summary>Sends a frame of the protocol to every connection that takes part in it.</summary>
    public void SendProtocol(ReadOnlyMemory<byte> frame, Connection? except)
    {
        var all = Slot.Connections.All;
        if (all.Length == 0)
        {
            return;
        }

        Outbox.Send(() =>
        {
            foreach (var connection in all)
            {
                if (connection.IsProtocolEnabled && connection.Connection != except)
                {
                    connection.SendNow(frame, isText: true);
                }
            }
        });
    }
}
