using Everturn.Sqlite;
using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Transport;
using Everturn.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>A host of stateful agents with a virtual clock, on a data directory that may be used again.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly IHost _host;

    private AgentHost(IHost host, VirtualTimeProvider time, LogRecorder log)
    {
        _host = host;
        Time = time;
        Log = log;
    }

    public VirtualTimeProvider Time { get; }

    public LogRecorder Log { get; }

    public IStatefulAgentDirectory Agents => _host.Services.GetRequiredService<IStatefulAgentDirectory>();

    public IObjectTransport Transport => _host.Services.GetRequiredService<IObjectTransport>();

    public ObjectHost Objects => _host.Services.GetRequiredService<ObjectHost>();

    public static async Task<AgentHost> StartAsync(
        string directory,
        Action<EverturnBuilder> agents,
        VirtualTimeProvider? time = null,
        Action<CommitFault>? fault = null,
        Action<StatefulAgentHostOptions>? configure = null
    )
    {
        time ??= new VirtualTimeProvider();
        var log = new LogRecorder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IAgentProtocol, PlainProtocol>();
        if (fault is not null)
        {
            builder.Services.AddSingleton(_ => new SqliteDatabase(
                new SqliteOptions { DataDirectory = directory },
                new StorageServices { Time = time, Fault = fault }
            ));
        }

        var everturn = builder.Services.AddEverturn().UseSqlite(options => options.DataDirectory = directory);
        agents(everturn);
        everturn.ConfigureStatefulAgents(options => configure?.Invoke(options));
        var host = builder.Build();
        await host.StartAsync();
        return new AgentHost(host, time, log);
    }

    public StatefulAgentHandle<T> Get<T>(string name)
        where T : StatefulAgent => Agents.Get<T>(name);

    /// <summary>Moves the clock on in steps until a condition holds; timers are set by other threads meanwhile.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> condition, TimeSpan? step = null)
    {
        await Eventually.IsAsync(async () =>
        {
            if (await condition())
            {
                return true;
            }

            Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            return false;
        });
    }

    public async Task<ClientSocket> ConnectAsync<T>(string name, string id = "c1", string target = "/")
        where T : StatefulAgent
    {
        var socket = new ClientSocket();
        socket.Connection = await Transport.ConnectAsync(
            Get<T>(name).Id,
            id,
            new AgentRequest { Target = target },
            socket,
            props: null,
            CancellationToken.None
        );
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
