using System.Text.Json;
using Everturn.Agents;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests;

/// <summary>Approvals over HTTP, with the real executor and runtime and a scripted model.</summary>
public sealed class ApprovalTests
{
    private const string Mail = """{"to":"bob"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_listed_approved_and_executed_when_the_session_is_resumed()
    {
        await using var app = await StartAsync(CallMail(), "done");
        using var http = Client(app);
        var approval = await SuspendAsync(http);

        approval.Text("kind").ShouldBe("approval");
        approval.Text("sessionId").ShouldBe("s1");
        approval.GetProperty("sessionPath").GetRawText().ShouldBe("""["s1"]""");
        approval.Text("toolName").ShouldBe("send_mail");
        approval.GetProperty("arguments").GetRawText().ShouldBe(Mail);
        (await http.GetJsonAsync("/approvals?sessionId=s1")).GetProperty("approvals").GetArrayLength().ShouldBe(1);
        (await http.GetJsonAsync("/approvals?sessionId=s2")).GetProperty("approvals").GetArrayLength().ShouldBe(0);
        (await http.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("paused");
        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        await start.ProblemAsync(409, "agent_already_running");
        using var early = await http.PostJsonAsync("/sessions/s1/resume", Resume);
        (await early.ProblemAsync(409, "cannot_resume")).Text("reason").ShouldBe("awaiting_answers");

        using var answered = await http.PostJsonAsync(
            "/sessions/s1/submit-tool-result",
            """{"toolCallId":"mail","kind":"approve","reason":"fine","decidedBy":"ann"}"""
        );

        var answer = await answered.JsonAsync();
        answer.GetProperty("approval").Text("status").ShouldBe("approved");
        answer.GetProperty("approval").Text("decidedBy").ShouldBe("ann");
        answer.GetProperty("remaining").GetArrayLength().ShouldBe(0);
        using var resumed = await http.PostJsonAsync("/sessions/s1/resume", Resume);
        (await resumed.JsonAsync()).Text("status").ShouldBe("resumed");
        var events = await SseClient.ReadAllAsync(http, "/sessions/s1/sse");
        events[^1].Json.Text("status").ShouldBe("completed");
        (await http.GetJsonAsync("/approvals")).GetProperty("approvals").GetArrayLength().ShouldBe(0);
        var decided = (await http.GetJsonAsync("/approvals?status=approved&agentType=writer")).GetProperty("approvals");
        decided[0].Text("reason").ShouldBe("fine");
    }

    [Fact]
    public async Task The_first_answer_counts_and_another_is_told_what_is_recorded()
    {
        await using var app = await StartAsync(CallMail());
        using var http = Client(app);
        var path = "/approvals/" + (await SuspendAsync(http)).Text("approvalId");
        using var first = await http.PostJsonAsync(path, """{"kind":"deny","reason":"no","decidedBy":"ann"}""");
        (await first.JsonAsync()).GetProperty("isReplay").GetBoolean().ShouldBeFalse();

        using var same = await http.PostJsonAsync(path, """{"kind":"deny","reason":"no"}""");
        using var other = await http.PostJsonAsync(path, """{"kind":"approve"}""");

        (await same.JsonAsync()).GetProperty("isReplay").GetBoolean().ShouldBeTrue();
        var problem = await other.ProblemAsync(409, "answer_conflict");
        problem.Text("reason").ShouldBe("denied");
        problem.GetProperty("approval").Text("decidedBy").ShouldBe("ann");
        (await http.GetJsonAsync(path)).Text("status").ShouldBe("denied");
    }

    [Fact]
    public async Task An_answer_can_resume_the_run_and_grant_the_tool()
    {
        await using var app = await StartAsync(CallMail(), CallMail("mail-2"), "done");
        using var http = Client(app);
        var path = "/approvals/" + (await SuspendAsync(http)).Text("approvalId");

        using var answered = await http.PostJsonAsync(
            path,
            """{"kind":"approve","resume":true,"grantUntil":"2100-01-01T00:00:00Z"}"""
        );

        (await answered.JsonAsync()).GetProperty("resumes").GetBoolean().ShouldBeTrue();
        await Until.TrueAsync(async () =>
            (await http.GetJsonAsync("/sessions/s1/status")).Text("status") == "completed"
        );
        (await http.GetJsonAsync(path)).Text("grantUntil").ShouldStartWith("2100-01-01");
        using var revoked = await http.DeleteAsync(path + "/grant", Token);
        (await revoked.JsonAsync()).TryGetProperty("grantUntil", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"kind":"approve"}""", "toolCallId")]
    [InlineData("""{"toolCallId":"mail","approvalId":"x","kind":"approve"}""", "toolCallId")]
    [InlineData("""{"toolCallId":"mail"}""", "kind")]
    [InlineData("""{"toolCallId":"mail","kind":"perhaps"}""", "kind")]
    [InlineData("""{"toolCallId":"mail","kind":"client-tool-result","result":1}""", "kind")]
    [InlineData("""{"toolCallId":"mail","kind":"client-tool-result"}""", "result")]
    [InlineData("""{"toolCallId":"mail","kind":"deny","result":1}""", "result")]
    [InlineData("""{"toolCallId":"mail","kind":"approve","arguments":{"to":7}}""", "arguments")]
    [InlineData("""{"toolCallId":"mail","kind":"approve","arguments":[]}""", "arguments")]
    [InlineData("""{"toolCallId":"mail","kind":"approve","grantUntil":"2001-01-01T00:00:00Z"}""", "grantUntil")]
    [InlineData("""{"toolCallId":"mail","kind":"approve","grantUntil":"tomorrow"}""", "grantUntil")]
    public async Task Invariant_11_a_bad_answer_changes_nothing(string body, string field)
    {
        await using var app = await StartAsync(CallMail());
        using var http = Client(app);
        await SuspendAsync(http);

        using var refused = await http.PostJsonAsync("/sessions/s1/submit-tool-result", body);

        await refused.ProblemAsync(400, "invalid_input", field);
        (await http.GetJsonAsync("/approvals")).GetProperty("approvals").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Forged_ids_and_bodies_over_the_limits_are_refused()
    {
        await using var app = await StartAsync(CallMail());
        using var http = Client(app);
        await SuspendAsync(http);
        using var forged = await http.PostJsonAsync(
            "/sessions/s1/submit-tool-result",
            """{"toolCallId":"forged","kind":"approve"}"""
        );
        await forged.ProblemAsync(404, "approval_not_found");
        using var elsewhere = await http.PostJsonAsync(
            "/sessions/s2/submit-tool-result",
            """{"toolCallId":"mail","kind":"approve"}"""
        );
        await elsewhere.ProblemAsync(404, "session_not_found");
        using var unknown = await http.PostJsonAsync("/approvals/forged", """{"kind":"approve"}""");
        await unknown.ProblemAsync(404, "approval_not_found");
        using var longId = await http.PostJsonAsync(
            "/sessions/s1/submit-tool-result",
            $$"""{"toolCallId":"{{new string('x', 257)}}","kind":"approve"}"""
        );
        await longId.ProblemAsync(400, "invalid_input", "callId");
        using var longReason = await http.PostJsonAsync(
            "/sessions/s1/submit-tool-result",
            $$"""{"toolCallId":"mail","kind":"deny","reason":"{{new string('x', 8 * 1024 + 1)}}"}"""
        );
        await longReason.ProblemAsync(400, "invalid_input", "reason");
        using var large = await http.PostJsonAsync(
            "/sessions/s1/submit-tool-result",
            $$"""{"toolCallId":"mail","kind":"deny","reason":"{{new string('x', 2 * 1024 * 1024)}}"}"""
        );
        await large.ProblemAsync(413, "payload_too_large", "body");
    }

    [Fact]
    public async Task Approvals_are_listed_and_answered_by_whoever_the_session_belongs_to()
    {
        await using var app = await StartAsync(signIn: true, CallMail());
        using var ann = Client(app, "ann");
        using var eve = Client(app, "eve");
        var path = "/approvals/" + (await SuspendAsync(ann)).Text("approvalId");

        (await eve.GetJsonAsync("/approvals")).GetProperty("approvals").GetArrayLength().ShouldBe(0);
        (await eve.GetJsonAsync("/approvals?userId=ann")).GetProperty("approvals").GetArrayLength().ShouldBe(0);
        using var read = await eve.GetAsync(path, Token);
        await read.ProblemAsync(404, "approval_not_found");
        using var answer = await eve.PostJsonAsync(path, """{"kind":"approve"}""");
        await answer.ProblemAsync(404, "approval_not_found");
        using var submit = await eve.PostJsonAsync(
            "/sessions/s1/submit-tool-result",
            """{"toolCallId":"mail","kind":"approve"}"""
        );
        await submit.ProblemAsync(404, "session_not_found");

        using var own = await ann.PostJsonAsync(path, """{"kind":"approve","decidedBy":"the boss"}""");

        (await own.JsonAsync()).GetProperty("approval").Text("decidedBy").ShouldBe("ann");
    }

    private static string Resume => """{"agentType":"writer"}""";

    private static ScriptedReply CallMail(string id = "mail") =>
        ScriptedReply.ToolCall("send_mail", new() { ["to"] = "bob" }, id);

    private static async Task<JsonElement> SuspendAsync(HttpClient http)
    {
        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        ((int)start.StatusCode).ShouldBe(200);
        await Until.TrueAsync(async () => (await http.GetJsonAsync("/sessions/s1/status")).Text("status") == "paused");
        return (await http.GetJsonAsync("/approvals")).GetProperty("approvals")[0];
    }

    private static HttpClient Client(WebApplication app, string? user = null)
    {
        var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        if (user is not null)
        {
            http.DefaultRequestHeaders.Add(TrustingAuthentication.UserHeader, user);
        }
        return http;
    }

    private static Task<WebApplication> StartAsync(params ScriptedReply[] replies) => StartAsync(false, replies);

    private static async Task<WebApplication> StartAsync(bool signIn, params ScriptedReply[] replies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder
            .Services.AddAuthentication(TrustingAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, TrustingAuthentication>(TrustingAuthentication.Scheme, null);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<IChatClient>(new ScriptedChatClient(replies));
        builder
            .Services.AddEverturn()
            .UseInMemory()
            .AddAgent(
                AgentDefinition
                    .Create("writer")
                    .WithTool(
                        (string to) => $"sent to {to}",
                        options =>
                        {
                            options.Name = "send_mail";
                            options.RequireApproval();
                        }
                    )
                    .Build()
            );
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        var everturn = app.MapEverturn();
        _ = signIn ? everturn.RequireAuthorization() : everturn.AllowAnonymous();
        await app.StartAsync(Token);
        return app;
    }
}
