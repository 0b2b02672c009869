using System.Text.Json;
using Everturn.StatefulAgents.Dispatch;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>An agent that does in its turns whatever a test says, and has callbacks for schedules and the queue.</summary>
internal sealed class Worker(WorkerScript script) : StatefulAgent<CounterState>, IAsyncDisposable
{
    public static readonly AgentModule Module = new(
        Callback("record", nameof(RecordAsync), (agent, call) => agent.RecordAsync(call)),
        Callback("act", nameof(ActAsync), (agent, call) => agent.ActAsync(call)),
        new AgentMethod("act2", "Act2", async (agent, call) => await ((Worker)agent).ActAsync(call))
        {
            IsCallable = true,
        }
    );

    /// <summary>Lives as long as this stay in memory.</summary>
    public int Field { get; set; }

    public new IAgentStorage Storage => base.Storage;

    public new IAgentSchedules Schedules => base.Schedules;

    public new IAgentQueue Queue => base.Queue;

    public new IAgentConnections Connections => base.Connections;

    public new CancellationToken Lifetime => base.Lifetime;

    protected internal override AgentOptions Options => script.Options;

    public new JsonElement? Props => base.Props;

    public SqlRows Query(SqlQuery query) => Sql(query);

    public new IDisposable KeepAlive() => base.KeepAlive();

    public Task<T> TryAsync<T>(
        Func<int, CancellationToken, Task<T>> attempt,
        AgentRetryOptions? options = null,
        Func<Exception, int, bool>? shouldRetry = null
    ) => RetryAsync(attempt, options, shouldRetry);

    public Task BlockAsync(Func<Task> section) => BlockConcurrencyAsync(section);

    public void AbortNow(string reason) => Abort(reason);

    public ValueTask DisposeAsync() => new(script.OnDispose());

    protected internal override Task OnStartAsync(CancellationToken cancellationToken)
    {
        script.Note($"start {Name}");
        return script.OnStart(this);
    }

    protected internal override Task OnConnectAsync(Connection connection, CancellationToken cancellationToken)
    {
        script.Note($"connect {connection.Id}");
        return script.OnConnect(this, connection);
    }

    protected internal override Task OnMessageAsync(
        Connection connection,
        ConnectionMessage message,
        CancellationToken cancellationToken
    ) => script.OnMessage(this, connection, message);

    protected internal override Task OnCloseAsync(
        Connection connection,
        CloseInfo close,
        CancellationToken cancellationToken
    )
    {
        script.Note($"close {connection.Id} {close.Code}");
        return Task.CompletedTask;
    }

    protected internal override Task OnErrorAsync(
        Connection? connection,
        Exception error,
        CancellationToken cancellationToken
    )
    {
        script.Note($"error {error.Message}");
        return Task.CompletedTask;
    }

    private static AgentMethod Callback(string name, string member, Func<Worker, AgentCall, Task> call) =>
        new(name, member, async (agent, invocation) => await call((Worker)agent, invocation));

    private Task RecordAsync(AgentCall call)
    {
        script.Note($"{Name} {call.Required<string>(0, "what")}");
        return Task.CompletedTask;
    }

    private Task ActAsync(AgentCall call) => script.Act(this, call.Optional(0, "what", ""), call);
}
