using Everturn.AspNetCore.StatefulAgents;
using Everturn.Conformance.Host.Agents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.Conformance.Tests.Routes;

/// <summary>An application of a test's own, with two of the fixture agents.</summary>
internal sealed class RouteHost : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("everturn-routes-").FullName;
    private WebApplication? _app;

    public string Address => _app!.Urls.Single();

    /// <summary>Files below the data directory that belong to objects in memory, and to no others.</summary>
    public string[] WritingLogs =>
        Directory.GetFiles(Path.Combine(_data, "objects"), "*-wal", SearchOption.AllDirectories);

    public HttpClient Http => field ??= new() { BaseAddress = new(Address) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RouteHost> StartAsync(
        Action<AgentRoutingOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null
    )
    {
        var host = new RouteHost();
        var app = host.Build(services);
        if (map is null)
        {
            app.MapEverturnAgents(configure: configure).AllowAnonymous();
        }
        else
        {
            map(app);
        }
        await app.StartAsync(Token);
        return host;
    }

    public Task StopAsync() => _app!.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private WebApplication Build(Action<IServiceCollection>? services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder
            .Services.AddEverturn()
            .UseSqlite(options => options.DataDirectory = _data)
            .AddStatefulAgent<TestStateAgent>()
            .AddStatefulAgent<TestCallableAgent>();
        services?.Invoke(builder.Services);
        return _app = builder.Build();
    }
}
