using System.Collections.Concurrent;
using Everturn.Agents;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests;

/// <summary>A waiting call of a sensitive tool: its arguments are shown to who asks for that very call, and nowhere else.</summary>
public sealed class SensitiveCallTests
{
    private const string Secret = "pin-4711";
    private const string Edited = "pin-4712";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_arguments_are_in_no_list_no_stream_and_no_log()
    {
        var log = new LogLines();
        await using var app = await StartAsync(log);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        await start.JsonAsync();
        await Until.TrueAsync(async () => (await http.GetJsonAsync("/sessions/s1/status")).Text("status") == "paused");

        var listed = (await http.GetJsonAsync("/approvals")).GetProperty("approvals")[0];

        listed.TryGetProperty("arguments", out _).ShouldBeFalse();
        listed.Text("argumentsHash").Length.ShouldBe(64);
        var path = "/approvals/" + listed.Text("approvalId");
        (await http.GetJsonAsync(path)).GetProperty("arguments").Text("pin").ShouldBe(Secret);
        using var bad = await http.PostJsonAsync(path, """{"kind":"approve","arguments":{"pin":7}}""");
        (await bad.ProblemAsync(400, "invalid_input", "arguments")).GetRawText().ShouldNotContain("pin-");
        using var answered = await http.PostJsonAsync(
            path,
            $$"""{"kind":"approve","arguments":{"pin":"{{Edited}}"},"resume":true}"""
        );
        await answered.JsonAsync();
        await Until.TrueAsync(async () =>
            (await http.GetJsonAsync("/sessions/s1/status")).Text("status") == "completed"
        );

        var decided = (await http.GetJsonAsync("/approvals?status=approved")).GetProperty("approvals")[0];
        decided.TryGetProperty("answer", out _).ShouldBeFalse();
        decided.TryGetProperty("arguments", out _).ShouldBeFalse();
        var events = await SseClient.ReadAllAsync(http, "/sessions/s1/sse");
        events
            .SkipLast(1)
            .Select(each => each.Json.GetProperty("chunk").Text("type"))
            .Where(type => type.StartsWith("tool_", StringComparison.Ordinal))
            .ShouldBe(["tool_start", "tool_approval_request", "tool_end"]);
        events.ShouldNotContain(each => each.Data.Contains("pin-"));
        log.Lines.ShouldNotBeEmpty();
        log.Lines.ShouldNotContain(line => line.Contains("pin-"));
    }

    private static async Task<WebApplication> StartAsync(LogLines log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddSingleton<IChatClient>(
            new ScriptedChatClient(ScriptedReply.ToolCall("pay", new() { ["pin"] = Secret }, "call"), "paid")
        );
        builder
            .Services.AddEverturn()
            .UseInMemory()
            .AddAgent(
                AgentDefinition
                    .Create("writer")
                    .WithTool(
                        (string pin) => $"paid with {pin}",
                        options =>
                        {
                            options.Name = "pay";
                            options.Sensitive = true;
                            // A rule that fails is logged, and the call needs approval.
                            options.RequireApproval(_ => throw new InvalidOperationException("no rule"));
                        }
                    )
                    .Build()
            );
        var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        await app.StartAsync(Token);
        return app;
    }

    /// <summary>All that is logged, with its values.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
