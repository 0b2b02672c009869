using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Testing;
using Everturn.Testing.Models;
using Everturn.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Tests.Budgets;

public sealed class BudgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cost_budget_without_a_price_fails_the_start_and_names_the_model()
    {
        using var host = Build(Dear("gpt"), prices: new() { ["other"] = new(1, 1) });

        var refused = await Should.ThrowAsync<InvalidInputException>(() => host.StartAsync(Token));

        refused.Message.ShouldContain("'gpt' has no price");
        refused.Message.ShouldContain("AddModelPrices");
    }

    [Fact]
    public async Task A_cost_budget_without_a_known_model_fails_the_start()
    {
        using var host = Build(Dear(null), prices: new() { ["gpt"] = new(1, 1) });

        (await Should.ThrowAsync<InvalidInputException>(() => host.StartAsync(Token))).Message.ShouldContain("ModelId");
    }

    [Fact]
    public async Task A_cost_budget_with_a_price_and_a_budget_without_cost_start()
    {
        using var priced = Build(Dear("gpt"), prices: new() { ["gpt"] = new(1, 1) });
        await priced.StartAsync(Token);
        await priced.StopAsync(Token);
        using var free = Build(AgentDefinition.Create("free").WithRunBudget(new() { Tokens = 1 }).Build(), prices: []);
        await free.StartAsync(Token);
        await free.StopAsync(Token);
    }

    [Fact]
    public async Task A_model_that_reports_another_name_costs_what_the_one_asked_for_costs()
    {
        var tokens = new TokenUsage
        {
            Prompt = 1_000_000,
            Cached = 400_000,
            Completion = 100_000,
        };
        var price = new ModelPrice(2m, 10m) { CachedInput = 0.5m };

        price.Of(tokens).ShouldBe(0.6m * 2m + 0.4m * 0.5m + 0.1m * 10m);
        new ModelPrice(2m, 10m).Of(tokens).ShouldBe(3m);

        var model = new ScriptedChatClient(
            ScriptedReply.ToolCall("note", []).ThenUsage(500_000, 0),
            ScriptedReply.Text("never")
        );
        using var host = Build(Dear("gpt"), new() { ["gpt"] = new(2m, 10m) }, model);
        await host.StartAsync(Token);
        var executor = host.Services.GetRequiredService<IAgentExecutor>();

        var run = await executor.ExecuteAsync("dear", "go", cancellationToken: Token);

        (await run.WaitAsync(Token)).Reason.ShouldBe(RunReason.MaxCost);
        await host.StopAsync(Token);
    }

    [Fact]
    public void A_budget_that_allows_nothing_is_refused_where_it_is_given()
    {
        var agent = AgentDefinition.Create("a");
        Should
            .Throw<InvalidInputException>(() => agent.WithRunBudget(new() { Steps = 0 }))
            .Field.ShouldBe("budget.steps");
        Should
            .Throw<InvalidInputException>(() => agent.WithRunBudget(new() { Tokens = 0 }))
            .Field.ShouldBe("budget.tokens");
        Should
            .Throw<InvalidInputException>(() => agent.WithSessionBudget(new() { Time = TimeSpan.Zero }))
            .Field.ShouldBe("budget.time");
        Should
            .Throw<InvalidInputException>(() => agent.WithSessionBudget(new() { Cost = 0 }))
            .Field.ShouldBe("budget.cost");
        Should
            .Throw<InvalidInputException>(() => new ModelPrices([new("gpt", new(-1, 0))]))
            .Message.ShouldContain("negative");
    }

    [Fact]
    public void Max_steps_are_the_run_budgets_and_the_rest_of_a_budget_leaves_them()
    {
        AgentDefinition.Create("a").Build().MaxSteps.ShouldBe(20);
        var agent = AgentDefinition.Create("a").WithMaxSteps(3).WithRunBudget(new() { Tokens = 5 }).Build();
        agent.RunBudget.ShouldBe(new() { Steps = 3, Tokens = 5 });
        AgentDefinition.Create("a").WithRunBudget(new() { Steps = 4 }).Build().MaxSteps.ShouldBe(4);
    }

    [Fact]
    public async Task The_time_of_a_run_is_up_at_its_moment_and_its_open_calls_are_answered()
    {
        var time = new VirtualTimeProvider();
        var begun = new TaskCompletionSource();
        var agent = AgentDefinition
            .Create("hasty")
            .WithTool(
                async (CancellationToken ct) =>
                {
                    begun.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
                },
                options => options.Name = "wait"
            )
            .WithRunBudget(new() { Time = TimeSpan.FromMinutes(5) })
            .Build();
        var model = new ScriptedChatClient(ScriptedReply.ToolCall("wait", []));
        using var host = Build(agent, [], model, services => services.AddSingleton<TimeProvider>(time));
        await host.StartAsync(Token);
        var executor = host.Services.GetRequiredService<IAgentExecutor>();
        var run = await executor.ExecuteAsync("hasty", "go", new() { SessionId = "s" }, Token);
        await begun.Task.WaitAsync(Token);

        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var store = host.Services.GetRequiredService<ISessionStore>();
        (await store.GetRunAsync(run.Session, run.RunId, Token))!.Status.ShouldBe(RunStatus.Running);
        time.Advance(TimeSpan.FromSeconds(1));

        var result = await run.WaitAsync(Token);
        (result.Status, result.Reason, result.Error).ShouldBe(
            (RunStatus.Failed, RunReason.MaxTime, "The run used all 00:05:00 of its agent.")
        );
        var messages = (await store.GetMessagesAsync(run.Session, 0, 10, Token)).Messages;
        (messages[^1].Role, messages[^1].IsError).ShouldBe((MessageRole.Tool, true));
        await host.StopAsync(Token);
    }

    private static AgentDefinition<string> Dear(string? model) =>
        AgentDefinition
            .Create("dear")
            .WithTool(() => "ok", options => options.Name = "note")
            .WithChatOptions(new() { ModelId = model })
            .WithRunBudget(new() { Cost = 1m })
            .Build();

    private static IHost Build(
        AgentDefinition agent,
        Dictionary<string, ModelPrice> prices,
        IChatClient? model = null,
        Action<IServiceCollection>? configure = null
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(model ?? new ScriptedChatClient());
        configure?.Invoke(builder.Services);
        builder.Services.AddEverturn().UseInMemory().AddAgent(agent).AddModelPrices(prices);
        return builder.Build();
    }
}
