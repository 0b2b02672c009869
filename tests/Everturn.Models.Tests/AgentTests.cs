using Everturn.Agents;
using Everturn.Models.Tests.Wire;
using Everturn.Sessions;
using Everturn.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Models.Tests;

/// <summary>The agent's loop over the real SDKs.</summary>
public sealed class AgentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Vendors => [nameof(AnthropicWire), nameof(OpenAIWire)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_stream_cut_after_deltas_is_discarded_and_repeated_and_readers_end_with_the_right_text(
        string vendor
    )
    {
        var wire = WireOf(vendor);
        var read = new TaskCompletionSource();
        await using var server = await ProviderServer.StartAsync(
            wire,
            WireReply.Says("It is su") with
            {
                Ending = Ending.Cut,
                Gate = read.Task,
            },
            WireReply.Says("It is ", "raining.")
        );
        using var host = await StartAsync(wire, server);

        var run = await RunAsync(host, "How is it in Bergen?");
        var chunks = new List<StreamChunk>();
        await foreach (var chunk in run.StreamAsync(cancellationToken: Token))
        {
            chunks.Add(chunk);
            if (chunk is TextDeltaChunk)
            {
                read.TrySetResult();
            }
        }

        chunks.OfType<StepDiscardedChunk>().ShouldHaveSingleItem().FromSequence.ShouldBe(1);
        Reading(chunks).ShouldBe("It is raining.");
        (await run.ResultAsync(Token)).Output.ShouldBe("It is raining.");
        server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task An_overload_inside_a_stream_is_repeated(string vendor)
    {
        var wire = WireOf(vendor);
        await using var server = await ProviderServer.StartAsync(
            wire,
            WireReply.Says("It is su") with
            {
                Ending = Ending.Overloaded,
            },
            WireReply.Says("It is raining.")
        );
        using var host = await StartAsync(wire, server);

        var run = await RunAsync(host, "How is it in Bergen?");

        (await run.ResultAsync(Token)).Output.ShouldBe("It is raining.");
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Results_of_two_tools_one_of_them_failed_reach_the_model(string vendor)
    {
        var wire = WireOf(vendor);
        await using var server = await ProviderServer.StartAsync(
            wire,
            new WireReply
            {
                Reasoning = ["Both ", "places."],
                Text = ["I look."],
                Calls = [new("call-1", "look", "{\"city\":", "\"Bergen\"}"), new("call-2", "measure")],
            },
            WireReply.Says("Rain, of unknown warmth.")
        );
        using var host = await StartAsync(wire, server);

        var run = await RunAsync(host, "How is it in Bergen?");
        (await run.ResultAsync(Token)).Output.ShouldBe("Rain, of unknown warmth.");

        var requests = server.Requests.ToList();
        requests.Count.ShouldBe(2);
        wire.SystemPrompt(requests[1].Body).ShouldBe("You tell the weather.");
        var results = wire.ToolResults(requests[1].Body).ToList();
        results.Select(result => result.Id).ShouldBe(["call-1", "call-2"]);
        results[0].Text.ShouldContain("Rain in Bergen.");
        results[1].Text.ShouldContain("no thermometer");
        var store = host.Services.GetRequiredService<ISessionStore>();
        var messages = (await store.GetMessagesAsync(run.Session, 0, 100)).Messages;
        messages[1].Thinking.ShouldBe("Both places.");
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_key_that_is_refused_ends_the_run_at_once_and_the_session_goes_on(string vendor)
    {
        var wire = WireOf(vendor);
        await using var server = await ProviderServer.StartAsync(wire, WireReply.Refuses(401), WireReply.Says("Rain."));
        using var host = await StartAsync(wire, server);

        var run = await RunAsync(host, "How is it in Bergen?");
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.ModelFailed);
        result.Error.ShouldNotBeNull().ShouldContain("401");
        server.Requests.Count.ShouldBe(1);
        (await (await run.SendAsync("Again?", Token)).ResultAsync(Token)).Output.ShouldBe("Rain.");
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Rate_limits_and_failures_of_the_service_are_repeated(string vendor)
    {
        var wire = WireOf(vendor);
        await using var server = await ProviderServer.StartAsync(
            wire,
            WireReply.Refuses(429, "0"),
            WireReply.Refuses(500),
            WireReply.Refuses(529),
            WireReply.Says("Rain.")
        );
        using var host = await StartAsync(wire, server);

        var run = await RunAsync(host, "How is it in Bergen?");

        (await run.ResultAsync(Token)).Output.ShouldBe("Rain.");
        server.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_call_that_the_token_limit_cut_off_is_asked_for_again(string vendor)
    {
        var wire = WireOf(vendor);
        await using var server = await ProviderServer.StartAsync(
            wire,
            new WireReply { Calls = [new("call-1", "look", "{\"city\":\"Ber")], HitLimit = true },
            WireReply.Says("Rain.")
        );
        using var host = await StartAsync(wire, server);

        var run = await RunAsync(host, "How is it in Bergen?");

        (await run.ResultAsync(Token)).Output.ShouldBe("Rain.");
        wire.ToolResults(server.Requests.Last().Body).ShouldBeEmpty();
    }

    // As a reader sees it: the chunks of a step that a later one declares void do not count.
    private static string Reading(IReadOnlyList<StreamChunk> chunks)
    {
        var text = new List<string>();
        foreach (var chunk in chunks)
        {
            switch (chunk)
            {
                case StepDiscardedChunk:
                    text.Clear();
                    break;
                case TextDeltaChunk delta:
                    text.Add(delta.Delta);
                    break;
            }
        }

        return string.Concat(text);
    }

    private static IWire WireOf(string vendor) =>
        vendor == nameof(AnthropicWire) ? new AnthropicWire() : new OpenAIWire();

    private static async Task<IHost> StartAsync(IWire wire, ProviderServer server)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        wire.Register(builder.Services, server.Url);
        builder.Services.AddEverturn().UseInMemory().AddAgent(Weather.Agent);
        var host = builder.Build();
        await host.StartAsync(Token);
        return host;
    }

    private static Task<AgentHandle<string>> RunAsync(IHost host, string message) =>
        host
            .Services.GetRequiredService<IAgentExecutor>()
            .ExecuteAsync(Weather.Agent, message, new() { SessionId = "s" }, Token);
}
