using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Streaming;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests;

/// <summary>An application on a free port, with a store in memory and runs that the test carries by itself.</summary>
internal sealed class SessionHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SessionHost(WebApplication app)
    {
        _app = app;
        Store = app.Services.GetRequiredService<ISessionStore>();
        Http = new() { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    public ISessionStore Store { get; }

    public WriterExecutor Executor => (WriterExecutor)_app.Services.GetRequiredService<IAgentExecutor>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddEverturn().UseInMemory();
        builder.Services.AddSingleton<IAgentExecutor, WriterExecutor>();
        return builder;
    }

    public static async Task<SessionHost> StartAsync(
        string prefix = "",
        Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null
    )
    {
        var builder = Builder();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapEverturn(prefix).AllowAnonymous();
        map?.Invoke(app);
        await app.StartAsync(Token);
        return new(app);
    }

    /// <summary>An application that asks who somebody is, and believes them: see <see cref="TrustingAuthentication"/>.</summary>
    public static async Task<SessionHost> StartSignedInAsync(Action<IServiceCollection>? configure = null)
    {
        var builder = Builder();
        builder
            .Services.AddAuthentication(TrustingAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, TrustingAuthentication>(TrustingAuthentication.Scheme, null);
        builder.Services.AddAuthorization();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapEverturn().RequireAuthorization();
        await app.StartAsync(Token);
        return new(app);
    }

    /// <summary>A client of somebody who is signed in.</summary>
    public HttpClient As(string user, string? role = null)
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Add(TrustingAuthentication.UserHeader, user);
        if (role is not null)
        {
            http.DefaultRequestHeaders.Add(TrustingAuthentication.RoleHeader, role);
        }
        return http;
    }

    public static string Body(string sessionId, string message = "hello", string agentType = "writer") =>
        $$$"""{"agentType":"{{{agentType}}}","sessionId":"{{{sessionId}}}","input":{"message":"{{{message}}}"}}""";

    public async Task<string> StartRunAsync(string sessionId, string message = "hello")
    {
        using var response = await Http.PostJsonAsync($"/sessions/{sessionId}/start", Body(sessionId, message));
        ((int)response.StatusCode).ShouldBe(200);
        return response.Headers.GetValues("Everturn-Run-Id").Single();
    }

    public Task WriteAsync(string sessionId, params string[] deltas) =>
        CommitAsync(sessionId, CommitKind.DeltaFlush, deltas, (_, commit) => commit);

    public Task EndRunAsync(string sessionId, RunStatus? status = null, string? reason = null, string? error = null) =>
        CommitAsync(
            sessionId,
            CommitKind.RunEnd,
            ["the end"],
            (run, commit) =>
                commit with
                {
                    RunChange = new()
                    {
                        Status = status ?? RunStatus.Completed,
                        Reason = reason,
                        Error = error,
                        Output = status is null ? "\"the end\""u8.ToArray() : null,
                    },
                    Messages = [new() { Role = MessageRole.Assistant, Content = "the end" }],
                    Checkpoint = new()
                    {
                        CheckpointId = $"checkpoint-{run.Ordinal}",
                        RunId = run.RunId,
                        StepCount = run.Ordinal,
                        Status = status ?? RunStatus.Completed,
                        CreatedAt = commit.At,
                    },
                }
        );

    /// <summary>All that the store holds of a tenant, as text: to see that a refused request changed nothing.</summary>
    public Task<string> ContentAsync() => StoreContent.ReadAsync(Store);

    public Task StopAsync() => _app.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task CommitAsync(
        string sessionId,
        CommitKind kind,
        string[] deltas,
        Func<RunRecord, SessionCommit, SessionCommit> complete
    )
    {
        var key = new SessionKey(sessionId);
        var run = (await Store.GetCurrentRunAsync(key, Token))!;
        var result = await Store.CommitAsync(
            complete(
                run,
                new()
                {
                    Session = key,
                    Kind = kind,
                    At = TimeProvider.System.GetUtcNow(),
                    RunId = run.RunId,
                    Chunks = [.. deltas.Select(delta => Chunk(run, delta))],
                }
            ),
            Token
        );
        result.Outcome.ShouldBe(SessionCommitOutcome.Applied);
    }

    private static ReadOnlyMemory<byte> Chunk(RunRecord run, string delta) =>
        StreamChunkJson.Encode(
            new TextDeltaChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = 1,
                Step = 1,
                Delta = delta,
            }
        );
}
