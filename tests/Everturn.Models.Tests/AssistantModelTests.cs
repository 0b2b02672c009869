using Assistant.Models;
using Assistant.Offline;
using Everturn.Models.Tests.Wire;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Models.Tests;

/// <summary>The sample takes its model from the environment.</summary>
public sealed class AssistantModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_a_key_it_is_the_offline_model()
    {
        var choice = From(("OPENAI_MODEL", "ignored"), ("ANTHROPIC_API_KEY", ""));

        choice.ShouldBe(ModelChoice.Offline);
        choice.ToString().ShouldContain("offline");
        using var services = Services(choice);
        services.GetRequiredService<IChatClient>().ShouldBeOfType<OfflineChatClient>();
    }

    [Fact]
    public async Task With_a_key_of_anthropic_its_model_answers()
    {
        var wire = new AnthropicWire();
        await using var server = await ProviderServer.StartAsync(wire, WireReply.Says("Hello."));
        var choice = From(
            ("ANTHROPIC_API_KEY", "secret-1"),
            ("ANTHROPIC_BASE_URL", server.Url.ToString()),
            ("ANTHROPIC_MODEL", "claude-mine"),
            ("OPENAI_API_KEY", "secret-2")
        );

        await AskAsync(choice, server, "claude-mine");
    }

    [Fact]
    public async Task With_a_key_of_openai_its_model_answers()
    {
        var wire = new OpenAIWire();
        await using var server = await ProviderServer.StartAsync(wire, WireReply.Says("Hello."));
        var choice = From(
            ("OPENAI_API_KEY", "secret-1"),
            ("OPENAI_BASE_URL", new Uri(server.Url, "/v1").ToString()),
            ("OPENAI_MODEL", "gpt-mine")
        );

        await AskAsync(choice, server, "gpt-mine");
    }

    [Fact]
    public void An_address_that_is_none_is_refused_with_its_name() =>
        Should
            .Throw<InvalidOperationException>(() => From(("OPENAI_API_KEY", "k"), ("OPENAI_BASE_URL", "here")))
            .Message.ShouldContain("OPENAI_BASE_URL");

    private static async Task AskAsync(ModelChoice choice, ProviderServer server, string model)
    {
        choice.ToString().ShouldContain(model);
        choice.ToString().ShouldNotContain("secret");
        await using var services = Services(choice);
        var client = services.GetRequiredService<IChatClient>();

        (await client.GetResponseAsync("Hello", cancellationToken: Token)).Text.ShouldBe("Hello.");

        var request = server.Requests.ShouldHaveSingleItem();
        request.Body.GetProperty("model").GetString().ShouldBe(model);
        request.Headers["Authorization"].ShouldBe("Bearer secret-1");
    }

    private static ServiceProvider Services(ModelChoice choice) =>
        new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddModel(choice, TimeSpan.Zero)
            .BuildServiceProvider();

    private static ModelChoice From(params (string Key, string Value)[] values) =>
        ModelChoice.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
                .Build()
        );
}
