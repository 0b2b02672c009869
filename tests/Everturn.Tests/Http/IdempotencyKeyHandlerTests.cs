using Everturn.Agents;
using Everturn.Http;
using Everturn.Testing.Models;
using Everturn.Tests.Loop;

namespace Everturn.Tests.Http;

public sealed class IdempotencyKeyHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_of_a_tool_have_its_key_and_each_one_of_its_own()
    {
        using var service = new Recorder();
        using var handler = new IdempotencyKeyHandler(service);
        using var http = new HttpClient(handler) { BaseAddress = new("http://service") };
        string? key = null;
        var agent = AgentDefinition
            .Create("payer")
            .WithTool(
                async (ToolContext context) =>
                {
                    key = context.IdempotencyKey;
                    await http.GetAsync(new Uri("balance", UriKind.Relative), Token);
                    await http.PostAsync(new Uri("charges", UriKind.Relative), null, Token);
                    await http.PostAsync(new Uri("charges", UriKind.Relative), null, Token);
                    await http.PostAsync(new Uri("mails", UriKind.Relative), null, Token);
                    using var own = new HttpRequestMessage(HttpMethod.Post, "charges");
                    own.Headers.Add("Idempotency-Key", "mine");
                    await http.SendAsync(own, Token);
                },
                options => options.Name = "pay"
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.ToolCall("pay"), "done");

        await (await host.Executor.ExecuteAsync(agent, "go", null, Token)).ResultAsync(Token);
        await http.PostAsync(new Uri("charges", UriKind.Relative), null, Token);

        service.Keys.Count.ShouldBe(6);
        service.Keys[0].ShouldBeNull();
        service.Keys[1].ShouldStartWith(key + "-");
        service.Keys[2].ShouldBe(service.Keys[1] + "-2");
        service.Keys[3].ShouldStartWith(key + "-");
        service.Keys[3].ShouldNotBe(service.Keys[1]);
        service.Keys[4].ShouldBe("mine");
        service.Keys[5].ShouldBeNull();
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string?> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Keys.Add(request.Headers.TryGetValues("Idempotency-Key", out var values) ? string.Join(',', values) : null);
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
