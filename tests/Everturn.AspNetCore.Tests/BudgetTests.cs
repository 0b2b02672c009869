using Everturn.Agents;
using Everturn.Testing.Models;
using Everturn.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests;

/// <summary>What clients see of budgets: they are the agent's, and no request changes them.</summary>
public sealed class BudgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, AgentBudget, AgentBudget> Budgets() =>
        new()
        {
            {
                "max_steps",
                new() { Steps = 1 },
                new()
            },
            {
                "max_tokens",
                new() { Tokens = 10 },
                new()
            },
            {
                "max_cost",
                new() { Cost = 0.000_01m },
                new()
            },
            {
                "session_max_steps",
                new(),
                new() { Steps = 1 }
            },
            {
                "session_max_tokens",
                new(),
                new() { Tokens = 10 }
            },
            {
                "session_max_cost",
                new(),
                new() { Cost = 0.000_01m }
            },
        };

    [Theory]
    [MemberData(nameof(Budgets))]
    public async Task A_used_up_budget_ends_the_run_with_its_reason_everywhere(
        string reason,
        AgentBudget run,
        AgentBudget session
    )
    {
        await using var app = await StartAsync(run, session);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        ((int)start.StatusCode).ShouldBe(200);
        var events = await SseClient.ReadAllAsync(http, "/sessions/s1/sse");

        events[^1].Json.Text("status").ShouldBe("failed");
        var error = events[^2].Json.GetProperty("chunk");
        error.Text("type").ShouldBe("error");
        error.Text("code").ShouldBe(reason);
        error.GetProperty("recoverable").GetBoolean().ShouldBeFalse();
        var status = await http.GetJsonAsync("/sessions/s1/status");
        status.Text("status").ShouldBe("failed");
        status.GetProperty("stepCount").GetInt32().ShouldBe(1);
        var record = (await http.GetJsonAsync("/sessions/s1/runs")).GetProperty("runs")[0];
        record.Text("status").ShouldBe("failed");
        record.Text("reason").ShouldBe(reason);
        record.Text("error").ShouldBe(error.Text("message"));
        var messages = (await http.GetJsonAsync("/sessions/s1/messages")).GetProperty("messages");
        messages[messages.GetArrayLength() - 1].Text("role").ShouldBe("tool");

        using var next = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        ((int)next.StatusCode).ShouldBe(200);
        await Until.TrueAsync(async () =>
            (await http.GetJsonAsync("/sessions/s1/status")).Text("status") is "failed" or "completed"
            && (await http.GetJsonAsync("/sessions/s1/runs")).GetProperty("runs").GetArrayLength() == 2
        );
        // Its own budget is new; the session's stays used up, and no model is asked.
        var second = (await http.GetJsonAsync("/sessions/s1/runs")).GetProperty("runs")[1];
        second.Text("reason").ShouldBe(reason);
        second
            .GetProperty("stepCount")
            .GetInt32()
            .ShouldBe(reason.StartsWith("session", StringComparison.Ordinal) ? 0 : 1);
    }

    [Theory]
    [InlineData("\"budget\":{\"steps\":9}")]
    [InlineData("\"maxSteps\":9")]
    public async Task A_request_cannot_raise_a_budget(string field)
    {
        await using var app = await StartAsync(new() { Steps = 1 }, new());
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var start = await http.PostJsonAsync(
            "/sessions/s1/start",
            $$"""{"agentType":"writer","sessionId":"s1","input":{"message":"go"},{{field}}}"""
        );

        await start.JsonAsync();
        var events = await SseClient.ReadAllAsync(http, "/sessions/s1/sse");
        events[^1].Json.Text("status").ShouldBe("failed");
        (await http.GetJsonAsync("/sessions/s1/runs")).GetProperty("runs")[0].Text("reason").ShouldBe("max_steps");
    }

    // The model never ends a turn by itself.
    private static async Task<WebApplication> StartAsync(AgentBudget run, AgentBudget session)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IChatClient>(
            new FunctionChatClient(_ => ScriptedReply.ToolCall("note").ThenUsage(8, 4))
        );
        builder
            .Services.AddEverturn()
            .UseInMemory()
            .AddModelPrices(new Dictionary<string, ModelPrice> { ["model"] = new(2m, 10m) })
            .AddAgent(
                AgentDefinition
                    .Create("writer")
                    .WithChatOptions(new() { ModelId = "model" })
                    .WithTool(() => "noted", options => options.Name = "note")
                    .WithRunBudget(run)
                    .WithSessionBudget(session)
                    .Build()
            );
        var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        await app.StartAsync(Token);
        return app;
    }
}
