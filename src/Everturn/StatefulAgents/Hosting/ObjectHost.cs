using System.Collections.Concurrent;
using System.Text.Json;
using Everturn.StatefulAgents.Storage;
using Everturn.StatefulAgents.Transport;
using Everturn.StatefulAgents.Turns;
using Everturn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>The objects of this process: finds their places, and brings messages to them.</summary>
internal sealed class ObjectHost(
    IServiceProvider services,
    StatefulAgentRegistry registry,
    IAgentProtocol protocol,
    IOptions<StatefulAgentHostOptions> options,
    EverturnLimits limits,
    TimeProvider time,
    ILogger<ObjectHost> logger
) : IObjectTransport, IObjectGateway
{
    private readonly ConcurrentDictionary<StatefulAgentId, ObjectSlot> _slots = new();
    private readonly ConcurrentDictionary<string, KeyValuePair<string, object?>> _tags = new();
    private int _inMemory;
    private volatile bool _stopping;
    private volatile Action<DateTimeOffset> _expect = static _ => { };
    private volatile Action _crowded = static () => { };

    public IServiceProvider Services => services;

    public StatefulAgentRegistry Registry => registry;

    public IAgentProtocol Protocol => protocol;

    public StatefulAgentHostOptions Options => options.Value;

    public EverturnLimits Limits => limits;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public IObjectStore Store { get; } =
        services.GetService<IObjectStore>()
        ?? throw new InvalidOperationException(
            "Stateful agents have no store. Add one: services.AddEverturn().UseSqlite(o => o.DataDirectory = \"data\"), "
                + "or .UseInMemoryObjects()"
        );

    public IObjectDirectory Directory { get; } = services.GetRequiredService<IObjectDirectory>();

    public INodeDirectory Nodes { get; } = services.GetRequiredService<INodeDirectory>();

    /// <summary>When this host came up.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Places of objects that are in memory or have connections.</summary>
    public IEnumerable<ObjectSlot> Slots => _slots.Values;

    /// <summary>Objects in memory.</summary>
    public int InMemory => Volatile.Read(ref _inMemory);

    /// <summary>Who is told when an alarm was set, and when there are too many objects in memory.</summary>
    public void Attach(Action<DateTimeOffset> expect, Action crowded)
    {
        _expect = expect;
        _crowded = crowded;
    }

    /// <summary>Takes no more messages.</summary>
    public void Stop() => _stopping = true;

    public void Expect(DateTimeOffset alarm) => _expect(alarm);

    public void Activated()
    {
        StatefulAgentInstruments.InMemory.Add(1);
        if (Interlocked.Increment(ref _inMemory) > Options.MaxInMemory)
        {
            _crowded();
        }
    }

    public void Deactivated()
    {
        StatefulAgentInstruments.InMemory.Add(-1);
        Interlocked.Decrement(ref _inMemory);
    }

    public void Remove(ObjectSlot slot) => _slots.TryRemove(KeyValuePair.Create(slot.Id, slot));

    public KeyValuePair<string, object?> TagOf(StatefulAgentId id) =>
        _tags.GetOrAdd(id.Agent, static agent => KeyValuePair.Create("everturn.agent", (object?)agent));

    public Task<TResult> InvokeAsync<TResult>(
        StatefulAgentId id,
        Func<StatefulAgent, Task<TResult>> call,
        JsonElement? props,
        CancellationToken cancellationToken
    ) => RunAsync(id, slot => new InvokeTurn<TResult>(slot, call, props), turn => turn.Result, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> CallAsync(
        StatefulAgentId id,
        string method,
        JsonElement arguments,
        JsonElement? props,
        CancellationToken cancellationToken
    ) => RunAsync(id, slot => new CallTurn(slot, method, arguments, props), turn => turn.Result, cancellationToken);

    public Task<AgentResponse> FetchAsync(
        StatefulAgentId id,
        AgentRequest request,
        JsonElement? props,
        CancellationToken cancellationToken
    ) => RunAsync(id, slot => new FetchTurn(slot, request, props), turn => turn.Result, cancellationToken);

    public Task<IObjectConnection> ConnectAsync(
        StatefulAgentId id,
        string connectionId,
        AgentRequest request,
        IConnectionSocket socket,
        JsonElement? props,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionId);
        return RunAsync(
            id,
            slot => new ConnectTurn(slot, new HostedConnection(slot, connectionId, request, socket), props),
            turn => turn.Result,
            cancellationToken
        );
    }

    /// <summary>Wakes an object whose alarm is due.</summary>
    /// <returns>When to look again at the earliest; null for what the index says.</returns>
    public async Task<DateTimeOffset?> WakeAsync(StatefulAgentId id)
    {
        var turn = Add(id, slot => new AlarmTurn(slot));
        var lookAgain = await turn.Result.ConfigureAwait(false);
        await turn.Activation!.Alarm.WrittenAsync().ConfigureAwait(false);
        return lookAgain;
    }

    private async Task<TResult> RunAsync<TTurn, TResult>(
        StatefulAgentId id,
        Func<ObjectSlot, TTurn> make,
        Func<TTurn, Task<TResult>> result,
        CancellationToken cancellationToken
    )
        where TTurn : Turn
    {
        id.Check();
        cancellationToken.ThrowIfCancellationRequested();
        if (ObjectThread.CurrentTurn is { Activation: { } caller } turn)
        {
            if (caller.Id == id && caller.Slot.Thread.Exclusive == turn)
            {
                throw new InvalidOperationException(
                    $"{id} cannot wait for itself while nothing else of it may run, as in its start hook."
                );
            }

            // A call leaves the calling object, so it waits for what that wrote before.
            await caller.Outbox.WhenOpen().ConfigureAwait(false);
        }

        return await result(Add(id, make)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private TTurn Add<TTurn>(StatefulAgentId id, Func<ObjectSlot, TTurn> make)
        where TTurn : Turn
    {
        while (true)
        {
            if (_stopping)
            {
                throw new StoreUnavailableException("The host is stopping.");
            }

            var slot = _slots.TryGetValue(id, out var found)
                ? found
                : _slots.GetOrAdd(id, static (id, host) => new ObjectSlot(id, host.Registry.Get(id.Agent), host), this);
            if (slot.Thread.Waiting >= Options.MaxWaiting)
            {
                throw new ObjectOverloadedException(id, Options.MaxWaiting);
            }

            var turn = make(slot);
            if (slot.TryAdd(turn))
            {
                return turn;
            }
        }
    }
}
