using System.Security.Claims;
using System.Text.Json;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>Calls of workflow instances over HTTP: the same routes as those of sessions.</summary>
public sealed class InstanceApprovalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_of_an_instance_is_listed_and_approved_with_other_arguments()
    {
        await using var host = await PlayedHost.StartAsync(Asks);
        await host.CreateAsync("a");
        var call = await PendingAsync(host.Http);

        call.Text("kind").ShouldBe("approval");
        call.Text("workflow").ShouldBe("played");
        call.Text("instanceId").ShouldBe("a");
        call.Text("toolName").ShouldBe("refund");
        call.Text("toolCallId").ShouldBe("ask-1");
        call.GetProperty("arguments").GetRawText().ShouldBe("""{"order":"o-1","amount":40}""");
        call.GetProperty("answerSchema").GetProperty("properties").TryGetProperty("amount", out _).ShouldBeTrue();
        foreach (var name in new[] { "sessionId", "sessionPath", "agentType", "runId" })
        {
            call.TryGetProperty(name, out _).ShouldBeFalse(name);
        }
        var step = (await host.StatusAsync("a", "waiting")).GetProperty("steps")[0];
        (step.Text("type"), step.Text("status")).ShouldBe(("approval", "waiting"));

        var path = "/approvals/" + call.Text("approvalId");
        using var answered = await host.Http.PostJsonAsync(
            path,
            """{"kind":"approve","arguments":{"order":"o-1","amount":25},"decidedBy":"ann","reason":"half"}"""
        );

        var answer = await answered.JsonAsync();
        answer.GetProperty("resumes").GetBoolean().ShouldBeTrue();
        answer.GetProperty("approval").Text("status").ShouldBe("approved");
        (await host.StatusAsync("a", "complete")).Text("output").ShouldBe("approved 25 ann half");
        (await host.Http.GetJsonAsync(path)).Text("decidedBy").ShouldBe("ann");
        var decided = await host.Http.GetJsonAsync("/approvals?status=approved&workflow=played");
        decided.GetProperty("approvals").GetArrayLength().ShouldBe(1);
        using var grant = await host.Http.DeleteAsync(path + "/grant", Token);
        (await grant.JsonAsync()).Text("status").ShouldBe("approved");
    }

    [Fact]
    public async Task A_client_gives_its_result_where_approvals_are_answered()
    {
        await using var host = await PlayedHost.StartAsync(
            async (_, step) => await step.RequestClientToolAsync<Purchase, string>("zone", new("o-1", 40))
        );
        await host.CreateAsync("a");
        var path = "/approvals/" + (await PendingAsync(host.Http)).Text("approvalId");

        using var wrong = await host.Http.PostJsonAsync(path, """{"kind":"client-tool-result","result":7}""");
        using var right = await host.Http.PostJsonAsync(path, """{"kind":"client-tool-result","result":"utc"}""");

        await wrong.ProblemAsync(400, "invalid_input", "result");
        (await right.JsonAsync()).GetProperty("approval").Text("status").ShouldBe("answered");
        (await host.StatusAsync("a", "complete")).Text("output").ShouldBe("utc");
    }

    [Fact]
    public async Task The_first_answer_counts_and_another_is_told_what_is_recorded()
    {
        await using var host = await PlayedHost.StartAsync(Asks);
        await host.CreateAsync("a");
        var path = "/approvals/" + (await PendingAsync(host.Http)).Text("approvalId");
        using var first = await host.Http.PostJsonAsync(path, """{"kind":"deny","reason":"no","decidedBy":"ann"}""");

        using var same = await host.Http.PostJsonAsync(path, """{"kind":"deny","reason":"no"}""");
        using var other = await host.Http.PostJsonAsync(path, """{"kind":"approve"}""");

        (await same.JsonAsync()).GetProperty("isReplay").GetBoolean().ShouldBeTrue();
        var problem = await other.ProblemAsync(409, "answer_conflict");
        problem.Text("reason").ShouldBe("denied");
        problem.Text("workflow").ShouldBe("played");
        problem.Text("instanceId").ShouldBe("a");
        problem.TryGetProperty("sessionId", out _).ShouldBeFalse();
        problem.GetProperty("approval").Text("decidedBy").ShouldBe("ann");
    }

    [Theory]
    [InlineData("""{"kind":"perhaps"}""", "kind")]
    [InlineData("""{}""", "kind")]
    [InlineData("""{"kind":"client-tool-result","result":1}""", "kind")]
    [InlineData("""{"kind":"happened"}""", "kind")]
    [InlineData("""{"kind":"deny","arguments":{}}""", "arguments")]
    [InlineData("""{"kind":"approve","arguments":{"order":"o-1","amount":"all"}}""", "arguments")]
    [InlineData("""{"kind":"approve","arguments":[]}""", "arguments")]
    [InlineData("""{"kind":"approve","grantUntil":"2100-01-01T00:00:00Z"}""", "grantUntil")]
    [InlineData("""{"kind":"approve","toolCallId":"ask-2"}""", "toolCallId")]
    [InlineData("""{"kind":"approve","approvalId":"wf-other"}""", "approvalId")]
    public async Task Invariant_11_a_bad_answer_changes_nothing(string body, string field)
    {
        await using var host = await PlayedHost.StartAsync(Asks);
        await host.CreateAsync("a");
        var before = await PendingAsync(host.Http);
        await host.StatusAsync("a", "waiting");
        var instances = await host.InstancesAsync();

        using var refused = await host.Http.PostJsonAsync("/approvals/" + before.Text("approvalId"), body);

        await refused.ProblemAsync(400, "invalid_input", field);
        (await PendingAsync(host.Http)).GetRawText().ShouldBe(before.GetRawText());
        (await host.InstancesAsync()).ShouldBe(instances);
    }

    [Fact]
    public async Task Forged_ids_bodies_over_the_limits_and_bad_filters_are_refused()
    {
        await using var host = await PlayedHost.StartAsync(Asks);
        await host.CreateAsync("a");
        var id = (await PendingAsync(host.Http)).Text("approvalId");

        using var unknown = await host.Http.PostJsonAsync("/approvals/wf-forged", """{"kind":"approve"}""");
        using var elsewhere = await host.Http.PostJsonAsync(
            "/sessions/played/submit-tool-result",
            $$"""{"approvalId":"{{id}}","kind":"approve"}"""
        );
        using var longId = await host.Http.GetAsync("/approvals/" + new string('x', 257), Token);
        using var large = await host.Http.PostJsonAsync(
            "/approvals/" + id,
            $$"""{"kind":"deny","reason":"{{new string('x', 2 * 1024 * 1024)}}"}"""
        );
        using var filter = await host.Http.GetAsync("/approvals?workflow=no%20name", Token);

        await unknown.ProblemAsync(404, "approval_not_found");
        await elsewhere.ProblemAsync(404, "session_not_found");
        await longId.ProblemAsync(400, "invalid_input", "approvalId");
        ((int)large.StatusCode).ShouldBe(413);
        await filter.ProblemAsync(400, "invalid_input", "workflow");
    }

    [Fact]
    public async Task After_its_time_a_call_is_expired_and_an_answer_is_refused()
    {
        await using var host = await PlayedHost.StartAsync(
            async (_, step) =>
                $"{(await step.RequestApprovalAsync("ask", new Purchase("o-1", 40), new() { AnswerWithin = TimeSpan.FromSeconds(1) })).Status}"
        );
        await host.CreateAsync("a");

        var instance = await host.StatusAsync("a", "complete");

        instance.Text("output").ShouldBe("expired");
        var expired = await host.Http.GetJsonAsync("/approvals?status=expired");
        var path = "/approvals/" + expired.GetProperty("approvals")[0].Text("approvalId");
        using var late = await host.Http.PostJsonAsync(path, """{"kind":"approve"}""");
        (await late.ProblemAsync(409, "answer_conflict")).Text("reason").ShouldBe("expired");
    }

    [Fact]
    public async Task The_list_is_read_page_by_page()
    {
        await using var host = await PlayedHost.StartAsync(Asks);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await host.CreateAsync(id);
        }
        await Until.TrueAsync(async () =>
            (await host.Http.GetJsonAsync("/approvals")).GetProperty("approvals").GetArrayLength() == 3
        );

        var seen = new List<string>();
        var path = "/approvals?limit=2";
        while (path is not null)
        {
            var page = await host.Http.GetJsonAsync(path);
            seen.AddRange(page.GetProperty("approvals").EnumerateArray().Select(call => call.Text("instanceId")));
            path = page.GetProperty("hasMore").GetBoolean()
                ? $"/approvals?limit=2&cursor={page.Text("nextCursor")}"
                : null;
        }

        seen.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        (await host.Http.GetJsonAsync("/approvals?agentType=writer"))
            .GetProperty("approvals")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task By_default_a_call_is_there_for_the_user_who_is_asked_and_for_nobody_else()
    {
        await using var host = await PlayedHost.StartSignedInAsync(
            async (trigger, step) =>
            {
                var options = new ApprovalOptions { UserId = trigger.Payload is null ? null : "ann" };
                return $"{(await step.RequestApprovalAsync("ask", new Purchase("o-1", 40), options)).DecidedBy}";
            }
        );
        var client = host.Services.GetRequiredService<IWorkflowClient<Dictionary<string, int>?, string>>();
        await client.CreateAsync([], "for-ann");
        await client.CreateAsync(null, "nobodys");
        using var ann = host.As("ann");
        using var bob = host.As("bob");
        var call = await PendingAsync(ann);
        call.Text("instanceId").ShouldBe("for-ann");
        call.Text("userId").ShouldBe("ann");
        var path = "/approvals/" + call.Text("approvalId");

        using var byBob = await bob.PostJsonAsync(path, """{"kind":"approve"}""");
        using var seenByBob = await bob.GetAsync(path, Token);
        var listOfBob = await bob.GetJsonAsync("/approvals");
        using var instance = await ann.GetAsync(PlayedHost.Instances + "/for-ann", Token);
        using var byAnn = await ann.PostJsonAsync(path, """{"kind":"approve","decidedBy":"somebody else"}""");

        await byBob.ProblemAsync(404, "approval_not_found");
        await seenByBob.ProblemAsync(404, "approval_not_found");
        listOfBob.GetProperty("approvals").GetArrayLength().ShouldBe(0);
        ((int)instance.StatusCode).ShouldBe(404);
        (await byAnn.JsonAsync()).GetProperty("approval").Text("decidedBy").ShouldBe("ann");
    }

    [Fact]
    public async Task An_authorizer_decides_by_workflow_instance_and_action()
    {
        await using var host = await PlayedHost.StartSignedInAsync(
            Asks,
            services => services.AddSingleton<IEverturnAuthorizer, Desk>()
        );
        var client = host.Services.GetRequiredService<IWorkflowClient<Dictionary<string, int>?, string>>();
        await client.CreateAsync(null, "a");
        using var clerk = host.As("clerk");
        using var chief = host.As("chief");
        using var guest = host.As("guest");
        var path = "/approvals/" + (await PendingAsync(clerk)).Text("approvalId");

        using var byGuest = await guest.PostJsonAsync(path, """{"kind":"approve"}""");
        using var byClerk = await clerk.PostJsonAsync(path, """{"kind":"approve"}""");
        var list = await guest.GetJsonAsync("/approvals");
        using var byChief = await chief.PostJsonAsync(path, """{"kind":"deny"}""");

        await byGuest.ProblemAsync(404, "approval_not_found");
        (await byClerk.ProblemAsync(403, "forbidden"))
            .Text("detail")
            .ShouldBe("You may not approve workflow 'played/a'.");
        list.GetProperty("approvals").GetArrayLength().ShouldBe(0);
        (await byChief.JsonAsync()).GetProperty("approval").Text("decidedBy").ShouldBe("chief");
    }

    private static async Task<string> Asks(WorkflowEvent<Dictionary<string, int>?> trigger, WorkflowStep step)
    {
        var decision = await step.RequestApprovalAsync("ask", new Purchase("o-1", 40), new() { Tool = "refund" });
        return $"{decision.Status} {decision.Arguments.Amount} {decision.DecidedBy} {decision.Reason}";
    }

    private static async Task<JsonElement> PendingAsync(HttpClient http)
    {
        JsonElement? found = null;
        await Until.TrueAsync(async () =>
        {
            var calls = (await http.GetJsonAsync("/approvals")).GetProperty("approvals");
            found = calls.GetArrayLength() == 0 ? null : calls[0];
            return found is not null;
        });
        return found!.Value;
    }

    internal sealed record Purchase(string Order, int Amount);

    /// <summary>Clerks look, the chief decides.</summary>
    private sealed class Desk : IEverturnAuthorizer
    {
        public ValueTask<bool> AuthorizeAsync(
            ClaimsPrincipal principal,
            EverturnResource resource,
            EverturnAction action,
            CancellationToken cancellationToken = default
        )
        {
            var user = OwnerAuthorizer.UserIdOf(principal);
            return new(
                (resource.Kind, resource.Type, resource.Id) == (EverturnResourceKind.Workflow, "played", "a")
                    && (
                        action == EverturnAction.Read
                            ? user is "clerk" or "chief"
                            : action == EverturnAction.Approve && user == "chief"
                    )
            );
        }

        public ValueTask<EverturnListScope> GetListScopeAsync(
            ClaimsPrincipal principal,
            EverturnResourceKind kind,
            string tenant,
            CancellationToken cancellationToken = default
        ) => new(EverturnListScope.All);
    }
}
