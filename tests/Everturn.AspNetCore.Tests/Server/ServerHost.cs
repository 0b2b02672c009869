using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests.Server;

/// <summary>An application with an agent server, on the real executor and runtime, with a scripted model.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerHost(WebApplication app)
    {
        _app = app;
        Store = app.Services.GetRequiredService<ISessionStore>();
        Http = new() { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    public ISessionStore Store { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts it with the default server.</summary>
    public static Task<ServerHost> StartAsync(Action<AgentServerOptions> server, params ScriptedReply[] replies) =>
        BuildAsync(builder => builder.AddAgentServer(server), model: new(replies));

    /// <summary>Starts it with the default server and agents on a runtime.</summary>
    public static Task<ServerHost> StartAsync(
        string runtime,
        Action<AgentServerOptions> server,
        params ScriptedReply[] replies
    ) => BuildAsync(builder => builder.UseRuntime(runtime).AddAgentServer(server), model: new(replies));

    /// <summary>Starts it with whatever is added. With a model come a store in memory and an agent, <c>writer</c>.</summary>
    public static async Task<ServerHost> BuildAsync(
        Action<EverturnBuilder> configure,
        Action<WebApplication>? map = null,
        ScriptedChatClient? model = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var everturn = builder.Services.AddEverturn();
        configure(everturn);
        if (model is not null)
        {
            builder.Services.AddSingleton<IChatClient>(model);
            everturn.UseInMemory().AddAgent(AgentDefinition.Create("writer").Build());
        }
        var app = builder.Build();
        (map ?? (static app => app.MapEverturn().AllowAnonymous()))(app);
        await app.StartAsync(Token);
        return new(app);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string, string)[] headers) =>
        Http.PostJsonAsync(path, body, headers);

    /// <summary>Starts a run and gives its id.</summary>
    public async Task<string> StartRunAsync(string sessionId = "s1", string message = "hello", string prefix = "")
    {
        using var answer = await PostAsync(
            $"{prefix}/sessions/{sessionId}/start",
            SessionHost.Body(sessionId, message)
        );
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(Token));
        return answer.Headers.GetValues("Everturn-Run-Id").Single();
    }

    /// <summary>Starts a run and stops it softly, so that it can be taken up again.</summary>
    public async Task<RunRecord> InterruptedRunAsync(bool afterItsFirstWords = false)
    {
        var runId = await StartRunAsync();
        if (afterItsFirstWords)
        {
            var handle = await Services.GetRequiredService<IAgentExecutor>().GetHandleAsync(new("s1"), Token);
            await handle!.StreamAsync(cancellationToken: Token).FirstAsync(chunk => chunk is TextDeltaChunk, Token);
        }

        using var answer = await PostAsync("/sessions/s1/interrupt", "{}");
        ((int)answer.StatusCode).ShouldBe(200);
        return await EndOfAsync(runId);
    }

    /// <summary>All that the store holds, as text.</summary>
    public Task<string> ContentAsync() => StoreContent.ReadAsync(Store);

    /// <summary>Waits for the end of a run.</summary>
    public async Task<RunRecord> EndOfAsync(string runId, string sessionId = "s1")
    {
        var handle = await Services.GetRequiredService<IAgentExecutor>().GetHandleAsync(new(sessionId), Token);
        handle!.RunId.ShouldBe(runId);
        await handle.WaitAsync(Token);
        return (await Store.GetRunAsync(new(sessionId), runId, Token))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
