using Everturn.Anthropic;
using Everturn.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Everturn.Models.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void Each_key_has_its_own_model()
    {
        using var services = new ServiceCollection()
            .AddAnthropicChatClient(o => (o.ApiKey, o.Model) = ("k", "large"))
            .AddKeyedAnthropicChatClient("small", o => (o.ApiKey, o.Model) = ("k", "small"))
            .AddKeyedOpenAIChatClient("other", o => (o.ApiKey, o.Model) = ("k", "gpt"))
            .BuildServiceProvider();

        ModelOf(services.GetRequiredService<IChatClient>()).ShouldBe("large");
        ModelOf(services.GetRequiredKeyedService<IChatClient>("small")).ShouldBe("small");
        ModelOf(services.GetRequiredKeyedService<IChatClient>("other")).ShouldBe("gpt");
    }

    [Theory]
    [InlineData("", "m", "ApiKey")]
    [InlineData("k", " ", "Model")]
    public async Task A_host_without_key_or_model_does_not_start_and_names_the_field(
        string key,
        string model,
        string field
    )
    {
        var anthropic = await StartAsync(services =>
            services.AddKeyedAnthropicChatClient("fast", o => (o.ApiKey, o.Model) = (key, model))
        );
        var openAI = await StartAsync(services =>
            services.AddOpenAIChatClient(o => (o.ApiKey, o.Model) = (key, model))
        );

        anthropic.Message.ShouldContain($"AnthropicChatOptions.{field}");
        openAI.Message.ShouldContain($"OpenAIChatOptions.{field}");
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Field(
                new AnthropicChatOptions
                {
                    ApiKey = "k",
                    Model = "m",
                    MaxOutputTokens = 0,
                }
            )
            .ShouldBe("MaxOutputTokens");
        Field(
                new AnthropicChatOptions
                {
                    ApiKey = "k",
                    Model = "m",
                    Timeout = TimeSpan.Zero,
                }
            )
            .ShouldBe("Timeout");
        Field(
                new AnthropicChatOptions
                {
                    ApiKey = "k",
                    Model = "m",
                    BaseUrl = new("x", UriKind.Relative),
                }
            )
            .ShouldBe("BaseUrl");
        Field(
                new OpenAIChatOptions
                {
                    ApiKey = "k",
                    Model = "m",
                    MaxOutputTokens = -1,
                }
            )
            .ShouldBe("MaxOutputTokens");
        Field(
                new OpenAIChatOptions
                {
                    ApiKey = "k",
                    Model = "m",
                    Timeout = TimeSpan.Zero,
                }
            )
            .ShouldBe("Timeout");
        Field(
                new OpenAIChatOptions
                {
                    ApiKey = "k",
                    Model = "m",
                    BaseUrl = new("ftp://x"),
                }
            )
            .ShouldBe("BaseUrl");
    }

    private static string Field(AnthropicChatOptions options) =>
        Should.Throw<InvalidInputException>(() => new AnthropicChatClient(options).Dispose()).Field;

    private static string Field(OpenAIChatOptions options) =>
        Should.Throw<InvalidInputException>(() => new OpenAIChatClient(options).Dispose()).Field;

    private static async Task<OptionsValidationException> StartAsync(Action<IServiceCollection> register)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        register(builder.Services);
        using var host = builder.Build();
        return await Should.ThrowAsync<OptionsValidationException>(() =>
            host.StartAsync(TestContext.Current.CancellationToken)
        );
    }

    private static string? ModelOf(IChatClient client) => client.GetService<ChatClientMetadata>()?.DefaultModelId;
}
