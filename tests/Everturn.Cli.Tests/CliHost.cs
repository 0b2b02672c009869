using Everturn.Agents;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.Cli.Tests;

/// <summary>A real server on a free port, with a data directory of its own and a model that plays a part.</summary>
internal sealed class CliHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private CliHost(WebApplication app, DirectoryInfo folder, FixedClock clock)
    {
        _app = app;
        _folder = folder;
        Clock = clock;
        Url = new(app.Urls.Single());
    }

    public Uri Url { get; }

    public FixedClock Clock { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The folder that holds the data directory.</summary>
    public string Folder => _folder.FullName;

    public string Data => Path.Combine(Folder, "data");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<CliHost> StartAsync(params ScriptedReply[] replies) =>
        StartAsync(new ScriptedChatClient(replies));

    public static async Task<CliHost> StartAsync(
        IChatClient model,
        Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("everturn-cli-");
        var clock = new FixedClock();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(model);
        builder
            .Services.AddEverturn()
            .UseSqlite(options => options.DataDirectory = Path.Combine(folder.FullName, "data"))
            .AddAgent(AgentDefinition.Create("assistant").Build())
            .AddWorkflow<Onboarding>();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        if (map is null)
        {
            app.MapEverturn().AllowAnonymous();
        }
        else
        {
            map(app);
        }
        await app.StartAsync(Token);
        return new(app, folder, clock);
    }

    public Task<CliResult> RunAsync(params string[] arguments) => CliProcess.RunAsync(Url, arguments);

    public CliProcess Start(params string[] arguments) => CliProcess.Start(Url, null, null, arguments);

    /// <summary>Has a turn, and waits for its end.</summary>
    public async Task TurnAsync(string sessionId, string message)
    {
        var run = await _app
            .Services.GetRequiredService<IAgentExecutor>()
            .ExecuteAsync("assistant", new() { Message = message }, new() { SessionId = sessionId }, Token);
        await run.WaitAsync(Token);
    }

    /// <summary>Waits until an instance of <see cref="Onboarding"/> is somewhere in its life.</summary>
    public Task StatusAsync(string id, InstanceStatus status) => InstanceAsync(id, found => found.Status == status);

    /// <summary>Waits until an instance of <see cref="Onboarding"/> is as it should be.</summary>
    public async Task InstanceAsync(string id, Func<InstanceSnapshot, bool> condition)
    {
        var engine = Services.GetRequiredService<IWorkflowEngine>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await engine.GetAsync(new("onboarding", id), Token) is var found && !condition(found))
        {
            limit.IsCancellationRequested.ShouldBeFalse($"{id} is {found.Status}: {found.Error}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Ends the server in order, and keeps its data.</summary>
    public async Task CloseAsync()
    {
        await _app.StopAsync(Token);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
