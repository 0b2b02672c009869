using Microsoft.AspNetCore.Builder;

namespace Everturn.AspNetCore.Tests;

public sealed class RouteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/sessions/s1/nothing")]
    [InlineData("POST", "/sessions/s1/status/more")]
    public async Task What_no_route_answers_is_not_found(string method, string path)
    {
        await using var host = await SessionHost.StartAsync();
        using var request = new HttpRequestMessage(new(method), path);

        using var response = await host.Http.SendAsync(request, Token);

        await response.ProblemAsync(404, "not_found");
    }

    [Theory]
    [InlineData("PUT", "/sessions/s1/start", "POST")]
    [InlineData("GET", "/sessions/s1/start", "POST")]
    [InlineData("POST", "/sessions/s1/status", "GET")]
    [InlineData("POST", "/sessions", "GET")]
    public async Task Another_method_than_a_route_has_is_not_allowed(string method, string path, string allowed)
    {
        await using var host = await SessionHost.StartAsync();
        using var request = new HttpRequestMessage(new(method), path);

        using var response = await host.Http.SendAsync(request, Token);

        await response.ProblemAsync(405, "method_not_allowed");
        response.Content.Headers.Allow.ShouldContain(allowed);
    }

    [Fact]
    public async Task Below_a_prefix_of_its_own_nothing_goes_unanswered()
    {
        await using var host = await SessionHost.StartAsync("/api");

        using var below = await host.Http.GetAsync("/api/nothing", Token);
        using var beside = await host.Http.GetAsync("/nothing", Token);

        await below.ProblemAsync(404, "not_found");
        (await beside.Content.ReadAsStringAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_route_of_the_application_below_the_prefix_comes_first()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapEverturn("/api").AllowAnonymous();
        app.MapGet("/api/hello", () => "hi");
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        (await http.GetStringAsync("/api/hello", Token)).ShouldBe("hi");
    }
}
