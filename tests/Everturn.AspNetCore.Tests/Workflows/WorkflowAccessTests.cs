using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>Who may do what with instances: decision 0036.</summary>
public sealed class WorkflowAccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every route about one instance, as method, path and body.</summary>
    public static TheoryData<string, string, string?> Routes =>
        new()
        {
            { "GET", "", null },
            { "DELETE", "", null },
            { "GET", "/subscribe", null },
            { "PATCH", "/status", """{"status":"terminate"}""" },
            { "POST", "/events/go", "1" },
        };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Invariant_11_by_default_an_instance_is_not_there_for_who_is_signed_in_and_stays_as_it_is(
        string method,
        string path,
        string? body
    )
    {
        await using var host = await StartAsync();
        using var ann = host.As("ann");
        await CreateAsync(host, "a");
        var before = await host.InstancesAsync();

        using var refused = await PlayedHost.SendAsync(ann, method, $"{PlayedHost.Instances}/a{path}", body);
        using var missing = await PlayedHost.SendAsync(ann, method, $"{PlayedHost.Instances}/none{path}", body);

        var problem = await refused.ProblemAsync(404, "instance_not_found");
        var same = await missing.ProblemAsync(404, "instance_not_found");
        same.ToString().Replace("none", "a", StringComparison.Ordinal).ShouldBe(problem.ToString());
        (await host.InstancesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Invariant_11_by_default_who_is_signed_in_creates_deletes_and_sees_nothing()
    {
        await using var host = await StartAsync();
        using var ann = host.As("ann");
        await CreateAsync(host, "a");
        var before = await host.InstancesAsync();

        using var created = await ann.PostJsonAsync(PlayedHost.Instances, "{}");
        using var unknown = await ann.PostJsonAsync("/workflows/unknown/instances", "{}");
        using var batch = await ann.PostJsonAsync(PlayedHost.Instances + "/batch", "[{}]");
        using var deleted = await ann.PostJsonAsync(PlayedHost.Instances + "/batch/delete", "[\"a\"]");
        using var workflow = await ann.GetAsync("/workflows/played", Token);

        (await created.ProblemAsync(403, "forbidden")).Text("detail").ShouldBe("You may not start workflow 'played'.");
        await unknown.ProblemAsync(403, "forbidden");
        await batch.ProblemAsync(403, "forbidden");
        await deleted.ProblemAsync(403, "forbidden");
        await workflow.ProblemAsync(404, "workflow_not_found");
        (await ann.GetJsonAsync("/workflows")).ToString().ShouldBe("""{"workflows":[]}""");
        (await ann.GetJsonAsync(PlayedHost.Instances)).ToString().ShouldBe("""{"instances":[],"hasMore":false}""");
        (await ann.GetJsonAsync("/workflows/unknown/instances"))
            .ToString()
            .ShouldBe("""{"instances":[],"hasMore":false}""");
        (await host.InstancesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_authorizer_lets_operators_do_everything_and_auditors_read()
    {
        await using var host = await StartAsync(services =>
            services.AddSingleton<IEverturnAuthorizer, OperationsAuthorizer>()
        );
        using var olga = host.As("olga", role: "operator");
        using var auditor = host.As("otto", role: "auditor");
        using var created = await olga.PostJsonAsync(PlayedHost.Instances, """{"id":"a"}""");
        ((int)created.StatusCode).ShouldBe(201);
        using var secret = await olga.PostJsonAsync(PlayedHost.Instances, """{"id":"secret"}""");

        (await auditor.GetJsonAsync(PlayedHost.Instances + "/a")).Text("id").ShouldBe("a");
        (await auditor.GetJsonAsync("/workflows/played")).Text("name").ShouldBe("played");
        (await auditor.GetJsonAsync("/workflows")).GetProperty("workflows").GetArrayLength().ShouldBe(1);
        (await auditor.GetJsonAsync(PlayedHost.Instances))
            .GetProperty("instances")
            .EnumerateArray()
            .Select(instance => instance.Text("id"))
            .ShouldBe(["a"]);
        foreach (var (method, path, body) in Routes.Select(row => row.Data).Where(row => row.Item1 != "GET"))
        {
            using var refused = await PlayedHost.SendAsync(auditor, method, $"{PlayedHost.Instances}/a{path}", body);
            var problem = await refused.ProblemAsync(403, "forbidden");
            problem.Text("detail").ShouldEndWith(" workflow 'played/a'.");
            problem.Text("workflow").ShouldBe("played");
        }
        using var hidden = await auditor.GetAsync(PlayedHost.Instances + "/secret", Token);
        await hidden.ProblemAsync(404, "instance_not_found");
        using var deleted = await olga.DeleteAsync(new Uri(PlayedHost.Instances + "/a", UriKind.Relative), Token);
        ((int)deleted.StatusCode).ShouldBe(204);
    }

    [Fact]
    public async Task Tenants_do_not_see_each_others_instances()
    {
        await using var host = await PlayedHost.StartAsync(
            (_, _) => Task.FromResult("done"),
            services => services.AddSingleton<ITenantResolver, HeaderTenants>()
        );
        using var acme = new HttpClient { BaseAddress = host.Address };
        acme.DefaultRequestHeaders.Add("Test-Tenant", "acme");
        using var first = await acme.PostJsonAsync(PlayedHost.Instances, """{"id":"a","params":{"n":1}}""");
        using var second = await host.Http.PostJsonAsync(PlayedHost.Instances, """{"id":"a","params":{"n":2}}""");

        ((int)first.StatusCode).ShouldBe(201);
        ((int)second.StatusCode).ShouldBe(201);
        (await acme.GetJsonAsync(PlayedHost.Instances + "/a")).GetProperty("params").ToString().ShouldBe("""{"n":1}""");
        using var deleted = await acme.DeleteAsync(new Uri(PlayedHost.Instances + "/a", UriKind.Relative), Token);
        ((int)deleted.StatusCode).ShouldBe(204);
        (await acme.GetJsonAsync(PlayedHost.Instances)).GetProperty("instances").GetArrayLength().ShouldBe(0);
        (await host.GetAsync("a")).GetProperty("params").ToString().ShouldBe("""{"n":2}""");
    }

    [Fact]
    public async Task The_group_is_mapped_by_itself_and_needs_a_word_about_who_may_use_it()
    {
        var builder = SessionHost.Builder();
        await using var app = builder.Build();
        app.MapEverturnWorkflows("/ops");

        var refused = await Should.ThrowAsync<InvalidOperationException>(app.StartAsync(Token));

        refused.Message.ShouldContain("RequireAuthorization");
    }

    private static Task<SessionHost> StartAsync(Action<IServiceCollection>? configure = null) =>
        PlayedHost.StartSignedInAsync(
            async (_, step) => (await step.WaitForEventAsync<string>("go")).Payload,
            configure
        );

    /// <summary>What the application does by itself.</summary>
    private static async Task CreateAsync(SessionHost host, string id)
    {
        var engine = host.Services.GetRequiredService<Everturn.Workflows.IWorkflowEngine>();
        await engine.CreateAsync(new(new("played", id)), Token);
        await Until.TrueAsync(async () => (await engine.GetAsync(new("played", id), Token)).Status.Value == "waiting");
    }

    /// <summary>Operators may do everything, auditors read what is no secret.</summary>
    private sealed class OperationsAuthorizer : IEverturnAuthorizer
    {
        public ValueTask<bool> AuthorizeAsync(
            ClaimsPrincipal principal,
            EverturnResource resource,
            EverturnAction action,
            CancellationToken cancellationToken = default
        ) =>
            new(
                resource is { Kind.Value: "workflow", Type: "played" }
                    && (principal.IsInRole("operator") || (action == EverturnAction.Read && resource.Id != "secret"))
            );

        public ValueTask<EverturnListScope> GetListScopeAsync(
            ClaimsPrincipal principal,
            EverturnResourceKind kind,
            string tenant,
            CancellationToken cancellationToken = default
        ) => new(EverturnListScope.All);
    }

    private sealed class HeaderTenants : ITenantResolver
    {
        public ValueTask<string> ResolveAsync(HttpContext context) =>
            new(context.Request.Headers["Test-Tenant"].ToString());
    }
}
