using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using Everturn.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>Who may do what with whose session: the default, and an application's own rules.</summary>
public sealed class SessionOwnershipTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every route about one session, as method, path and body.</summary>
    public static TheoryData<string, string, string?> Routes =>
        new()
        {
            { "GET", "", null },
            { "PATCH", "", """{"title":"mine"}""" },
            { "DELETE", "", null },
            { "POST", "/start", SessionHost.Body("s1") },
            { "POST", "/interrupt", "{}" },
            { "GET", "/status", null },
            { "GET", "/sse", null },
            { "GET", "/history", null },
            { "GET", "/messages", null },
            { "GET", "/runs", null },
            { "GET", "/checkpoints", null },
        };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Invariant_11_anothers_session_is_answered_as_one_that_is_not_there_and_stays_as_it_is(
        string method,
        string path,
        string? body
    )
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");
        using var bob = host.As("bob");
        using var started = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        await host.EndRunAsync("s1");
        var before = await host.ContentAsync();

        using var refused = await SendAsync(bob, method, "/sessions/s1" + path, body);

        var problem = await refused.ProblemAsync(404, "session_not_found");
        problem.Text("detail").ShouldBe("There is no session 's1'.");
        problem.Names().ShouldBe(["type", "title", "status", "detail", "code", "sessionId"]);
        (await host.ContentAsync()).ShouldBe(before);
        if (path != "/start")
        {
            using var missing = await SendAsync(bob, method, "/sessions/none" + path, body);
            var same = (await missing.ProblemAsync(404, "session_not_found")).ToString();
            same.Replace("none", "s1").ShouldBe(problem.ToString());
        }
    }

    [Fact]
    public async Task A_websocket_on_anothers_session_is_refused_before_it_opens()
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");
        using var started = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        (await SocketClient.RefusalAsync(host, "/sessions/s1", "bob")).ShouldBe(HttpStatusCode.NotFound);
        (await SocketClient.RefusalAsync(host, "/sessions/s1", user: null)).ShouldBe(HttpStatusCode.Unauthorized);
        using var own = await SocketClient.OpenAsync(host, "/sessions/s1", "ann");
        own.State.ShouldBe(WebSocketState.Open);
    }

    [Fact]
    public async Task A_session_belongs_to_whom_starts_it_and_they_may_do_everything_with_it()
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");

        using var started = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        ((int)started.StatusCode).ShouldBe(200);
        (await ann.GetJsonAsync("/sessions/s1")).Text("userId").ShouldBe("ann");
        await host.EndRunAsync("s1");
        using var next = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1", "again"));
        ((int)next.StatusCode).ShouldBe(200);
        await host.EndRunAsync("s1");
        using var deleted = await ann.DeleteAsync("/sessions/s1", Token);
        ((int)deleted.StatusCode).ShouldBe(204);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_begins_or_hands_over_a_session_in_the_name_of_somebody_else(bool exists)
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");
        if (exists)
        {
            using var first = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
            await host.EndRunAsync("s1");
        }
        var before = await host.ContentAsync();
        var body = """{"agentType":"writer","sessionId":"s1","userId":"bob","input":{"message":"hello"}}""";

        using var refused = await ann.PostJsonAsync("/sessions/s1/start", body);

        await refused.ProblemAsync(403, "forbidden", "userId");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_session_that_another_user_begins_between_check_and_commit_is_not_taken_over()
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");
        using var started = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        await host.EndRunAsync("s1");

        var late = host.Executor.ExecuteAsync(
            "writer",
            new() { Message = "mine now" },
            new()
            {
                SessionId = "s1",
                UserId = "bob",
                ExpectedUserId = "bob",
            },
            Token
        );

        await Should.ThrowAsync<SessionNotFoundException>(late);
        (await host.Store.GetSessionAsync(new("s1"), Token))!.UserId.ShouldBe("ann");
    }

    [Fact]
    public async Task Lists_show_everybody_their_own()
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");
        using var bob = host.As("bob");
        foreach (var (http, id) in new[] { (ann, "a1"), (bob, "b1"), (ann, "a2") })
        {
            using var started = await http.PostJsonAsync($"/sessions/{id}/start", SessionHost.Body(id));
        }

        (await IdsAsync(ann, "/sessions")).ShouldBe(["a2", "a1"]);
        (await IdsAsync(bob, "/sessions")).ShouldBe(["b1"]);
        (await IdsAsync(bob, "/sessions?userId=bob")).ShouldBe(["b1"]);
        (await IdsAsync(bob, "/sessions?userId=ann")).ShouldBeEmpty();
        (await IdsAsync(ann, "/sessions?limit=1")).ShouldBe(["a2"]);
    }

    [Fact]
    public async Task Somebody_without_an_id_owns_nothing_and_sees_nothing()
    {
        await using var host = await SessionHost.StartSignedInAsync(services =>
            services.AddSingleton<IEverturnAuthorizer>(new NamelessAuthorizer())
        );
        using var ann = host.As("ann");

        using var refused = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        await refused.ProblemAsync(403, "forbidden");
        (await IdsAsync(ann, "/sessions")).ShouldBeEmpty();
        (await host.Store.GetSessionAsync(new("s1"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_application_decides_by_its_own_rules_and_what_may_be_read_but_not_done_is_403()
    {
        await using var host = await SessionHost.StartSignedInAsync(services =>
            services.AddSingleton<IEverturnAuthorizer, TeamAuthorizer>()
        );
        using var ann = host.As("ann");
        using var auditor = host.As("olga", role: "auditor");
        using var started = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        (await IdsAsync(auditor, "/sessions")).ShouldBe(["s1"]);
        (await auditor.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("running");
        using var interrupt = await auditor.PostJsonAsync("/sessions/s1/interrupt", "{}");
        var problem = await interrupt.ProblemAsync(403, "forbidden");
        problem.Text("detail").ShouldBe("You may not control session 's1'.");
        (await host.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_endpoints_keep_the_user_as_a_label()
    {
        await using var host = await SessionHost.StartAsync();
        var body = """{"agentType":"writer","sessionId":"s1","userId":"bob","input":{"message":"hello"}}""";
        using var started = await host.Http.PostJsonAsync("/sessions/s1/start", body);

        (await host.Http.GetJsonAsync("/sessions/s1")).Text("userId").ShouldBe("bob");
    }

    [Theory]
    [InlineData("read")]
    [InlineData("start")]
    [InlineData("control")]
    [InlineData("update")]
    [InlineData("delete")]
    [InlineData("approve")]
    [InlineData("something-new")]
    public async Task The_owner_may_do_what_concerns_their_own_only(string action)
    {
        var ann = new ClaimsPrincipal(new ClaimsIdentity([new("sub", "ann")], "test"));
        var nobody = new ClaimsPrincipal(new ClaimsIdentity([], "test"));
        var mine = new EverturnResource
        {
            Kind = EverturnResourceKind.Workflow,
            Id = "w1",
            UserId = "ann",
        };

        (await OwnerAuthorizer.Instance.AuthorizeAsync(ann, mine, new(action), Token)).ShouldBeTrue();
        foreach (var other in new[] { mine with { UserId = "bob" }, mine with { UserId = null } })
        {
            (await OwnerAuthorizer.Instance.AuthorizeAsync(ann, other, new(action), Token)).ShouldBeFalse();
            (await OwnerAuthorizer.Instance.AuthorizeAsync(nobody, other, new(action), Token)).ShouldBeFalse();
        }
        (await OwnerAuthorizer.Instance.AuthorizeAsync(ann, mine, EverturnAction.Operate, Token)).ShouldBeFalse();
    }

    private static async Task<string[]> IdsAsync(HttpClient http, string path) =>
        [
            .. (await http.GetJsonAsync(path))
                .GetProperty("sessions")
                .EnumerateArray()
                .Select(session => session.Text("sessionId")),
        ];

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, null, "application/json");
        }
        return await http.SendAsync(request, Token);
    }
}
