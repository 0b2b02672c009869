using System.Net;
using Everturn.Agents;
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

    [Fact]
    public async Task An_own_http_client_is_sent_with_and_refusals_are_still_understood()
    {
        using var http = new HttpClient(new Refusing());
        using var anthropic = new AnthropicChatClient(
            new()
            {
                ApiKey = "k",
                Model = "m",
                HttpClient = http,
            }
        );
        using var openAI = new OpenAIChatClient(
            new()
            {
                ApiKey = "k",
                Model = "m",
                HttpClient = http,
            }
        );

        foreach (var client in new IChatClient[] { anthropic, openAI })
        {
            var failure = await Should.ThrowAsync<ModelRequestException>(() =>
                client.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken)
            );
            failure.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            failure.RetryAfter.ShouldBe(TimeSpan.FromMinutes(2));
        }
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

    /// <summary>Refuses without a network, and names a date to come back at, two minutes by the server's clock.</summary>
    private sealed class Refusing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
        {
            var now = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
            var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            {
                Content = new StringContent(""),
            };
            response.Headers.Date = now;
            response.Headers.RetryAfter = new(now.AddMinutes(2));
            return Task.FromResult(response);
        }
    }
}
