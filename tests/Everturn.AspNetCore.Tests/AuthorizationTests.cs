using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

public sealed class AuthorizationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_decision_who_may_use_the_endpoints_the_application_does_not_start()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapEverturn();

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(Token));

        failure.Message.ShouldContain("app.MapEverturn().RequireAuthorization();");
        failure.Message.ShouldContain("app.MapEverturn().AllowAnonymous();");
    }

    [Fact]
    public async Task An_application_without_a_decision_does_not_even_listen()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapEverturn();

        await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(Token));

        app.Urls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_endpoints_are_a_decision()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapEverturn().AllowAnonymous();

        await app.StartAsync(Token);
    }

    [Fact]
    public async Task The_decision_of_an_outer_group_counts()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapGroup("/api").AllowAnonymous().MapEverturnSessions();

        await app.StartAsync(Token);
    }

    [Fact]
    public async Task One_group_that_is_decided_does_not_decide_for_another()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapEverturn("/open").AllowAnonymous();
        app.MapEverturnSessions("/forgotten");

        await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(Token));
    }

    [Fact]
    public async Task A_fallback_policy_is_a_decision()
    {
        var builder = SessionHost.Builder();
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build());
        await using var app = builder.Build();
        app.MapEverturn();

        await app.StartAsync(Token);
    }

    [Fact]
    public async Task Required_authorization_is_enforced_on_every_route()
    {
        var builder = SessionHost.Builder();
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapEverturn().RequireAuthorization();
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        foreach (var route in new[] { "", "/s1", "/s1/status", "/s1/sse", "/s1/messages", "/s1/runs", "/s1/history" })
        {
            using var answer = await http.GetAsync("/sessions" + route, Token);
            ((int)answer.StatusCode).ShouldBe(401, route);
        }
        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        ((int)start.StatusCode).ShouldBe(401);
        using var interrupt = await http.PostJsonAsync("/sessions/s1/interrupt", "{}");
        ((int)interrupt.StatusCode).ShouldBe(401);
        using var delete = await http.DeleteAsync("/sessions/s1", Token);
        ((int)delete.StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task Endpoints_without_the_services_say_which_line_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Should.Throw<InvalidOperationException>(() => app.MapEverturn()).Message.ShouldContain("AddEverturn()");
    }
}
