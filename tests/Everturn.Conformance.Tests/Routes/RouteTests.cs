using Everturn.AspNetCore;
using Everturn.Conformance.Tests.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Conformance.Tests.Routes;

/// <summary>What an application can set for its routes, and who may use them.</summary>
public sealed class RouteTests
{
    private const string State = "/agents/test-state-agent/a/state";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_decision_who_may_use_them_the_application_does_not_start() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                RouteHost.StartAsync(map: app => app.MapEverturnAgents())
            )
        ).Message.ShouldContain("RequireAuthorization");

    [Fact]
    public async Task All_endpoints_of_Everturn_are_theirs_too()
    {
        await using var host = await RouteHost.StartAsync(map: app => app.MapEverturn("/api").AllowAnonymous());

        (await host.Http.GetStringAsync("/api" + State, Token)).ShouldContain("\"count\":0");
    }

    [Fact]
    public async Task Nothing_is_said_to_other_origins_unless_the_application_says_so()
    {
        await using var host = await RouteHost.StartAsync();

        using var answer = await host.Http.GetAsync(State, Token);
        using var preflight = await host.Http.SendAsync(new(HttpMethod.Options, State), Token);

        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        preflight.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_hook_may_replace_what_the_agent_gets()
    {
        await using var host = await RouteHost.StartAsync(options =>
            options.OnBeforeRequest = context =>
            {
                context.Request = new() { Target = "/replaced", SubPath = "echo" };
                return default;
            }
        );

        (await host.Http.GetStringAsync(State, Token)).ShouldContain("\"path\":\"/replaced\"");
    }

    [Fact]
    public async Task A_hook_may_answer_instead_of_the_agent()
    {
        await using var host = await RouteHost.StartAsync(options =>
            options.OnBeforeRequest = _ => new(Results.Text("mine", statusCode: 418))
        );

        using var answer = await host.Http.GetAsync(State, Token);

        ((int)answer.StatusCode).ShouldBe(418);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1012)]
    [InlineData(5000)]
    public async Task A_client_is_refused_for_good_only_with_a_code_that_says_so(int code)
    {
        Exception? thrown = null;
        await using var host = await RouteHost.StartAsync(options =>
            options.OnBeforeConnect = context =>
            {
                thrown = Should.Throw<ArgumentOutOfRangeException>(() => context.Refuse(code, ""));
                return default;
            }
        );

        await using var client = await RawClient.ConnectAsync(host.Address, "/agents/test-state-agent/a");
        await client.ReceiveAsync(3);

        thrown.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_tenant_is_part_of_which_object_it_is()
    {
        await using var host = await RouteHost.StartAsync(services: services =>
            services.AddSingleton<ITenantResolver, HeaderTenant>()
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, State) { Headers = { { "X-Test-Tenant", "one" } } };
        await using var client = await RawClient.ConnectAsync(host.Address, "/agents/test-state-agent/a");
        await client.CallAsync("setCount", "[5]");

        using var other = await host.Http.SendAsync(request, Token);

        (await other.Content.ReadAsStringAsync(Token)).ShouldContain("\"count\":0");
        (await host.Http.GetStringAsync(State, Token)).ShouldContain("\"count\":5");
    }

    [Theory]
    [InlineData("GET", "open", 200)]
    [InlineData("POST", "open", 200)]
    [InlineData("GET", "seen", 200)]
    [InlineData("POST", "seen", 403)]
    [InlineData("GET", "hidden", 404)]
    [InlineData("POST", "hidden", 404)]
    public async Task An_authorizer_decides_for_each_object(string method, string name, int status)
    {
        var authorizer = new ReadOnlyAuthorizer();
        await using var host = await RouteHost.StartAsync(services: services =>
            services.AddSingleton<IEverturnAuthorizer>(authorizer)
        );

        using var answer = await host.Http.SendAsync(new(new(method), $"/agents/test-state-agent/{name}/echo"), Token);

        ((int)answer.StatusCode).ShouldBe(status);
        authorizer.Asked[0].Kind.ShouldBe(EverturnResourceKind.StatefulAgent);
        authorizer.Asked[0].Type.ShouldBe("test-state-agent");
    }

    [Theory]
    [InlineData("open", null)]
    [InlineData("seen", 4403)]
    [InlineData("hidden", 4403)]
    public async Task A_client_that_may_not_connect_is_closed_so_that_it_stays_away(string name, int? code)
    {
        await using var host = await RouteHost.StartAsync(services: services =>
            services.AddSingleton<IEverturnAuthorizer>(new ReadOnlyAuthorizer())
        );

        await using var client = await RawClient.ConnectAsync(host.Address, $"/agents/test-state-agent/{name}");
        var first = await client.ReceiveBytesAsync();

        (first is null).ShouldBe(code is not null);
        ((int?)client.CloseStatus).ShouldBe(code);
    }

    [Fact]
    public async Task A_server_that_stops_closes_its_clients_with_1012()
    {
        await using var host = await RouteHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host.Address, "/agents/test-callable-agent/a");
        await client.ReceiveAsync(3);

        var stopping = host.StopAsync();

        (await client.ReceiveBytesAsync()).ShouldBeNull();
        ((int?)client.CloseStatus).ShouldBe(1012);
        await client.CloseAsync(1012, "");
        await stopping;
    }

    private sealed class HeaderTenant : ITenantResolver
    {
        public ValueTask<string> ResolveAsync(HttpContext context) =>
            new(context.Request.Headers["X-Test-Tenant"].ToString());
    }
}
