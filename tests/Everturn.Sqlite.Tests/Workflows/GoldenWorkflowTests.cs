using System.Runtime.CompilerServices;
using System.Text;
using Everturn.Approvals;
using Everturn.Sqlite.Engine;
using Everturn.Tests.Workflows;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Sqlite.Tests.Workflows;

/// <summary>
/// What every version wrote goes on under this one. <c>Golden/workflows-N</c> is a data directory with instances at all
/// kinds of places: N is the schema's version, and <c>json-log</c> is from before the log was compact. A change of the
/// schema or of a format gets a golden directory of its own; these never change.
/// </summary>
public sealed class GoldenWorkflowTests : EngineTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static TheoryData<string> Versions => ["workflows-2-json-log", "workflows-2", "workflows-3"];

    private readonly SqliteData _data;

    public GoldenWorkflowTests()
        : this(new SqliteData()) { }

    private GoldenWorkflowTests(SqliteData data)
        : base(() => data) => _data = data;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Instances_of_every_version_can_be_read_and_go_on(string version)
    {
        SqliteData.CopyDirectory(Path.Combine(AppContext.BaseDirectory, "Golden", version), _data.DataDirectory);
        var script = Journey();
        var host = await StartAsync(script);
        var client = host.Client<string, string>("script");

        await AssertEndedAsync(client);
        (await client.GetAsync("large")).Id.ShouldBe("large");
        (await (await client.GetAsync("event")).DescribeAsync()).PendingEvents.Single().Type.ShouldBe("other");

        await (await client.GetAsync("event")).SendEventAsync("go", "-went");
        await (await client.GetAsync("stream")).SendEventAsync("go", "-went");
        await (await client.GetAsync("the-kid")).SendEventAsync("go", "-kid");
        await (await client.GetAsync("paused")).ResumeAsync();
        var approvals = host.Services.GetRequiredService<IApprovals>();
        var isAsked = version == "workflows-3";
        foreach (var call in (await approvals.ListAsync(new())).Items)
        {
            call.AnswerSchema.ShouldNotBeNull();
            call.ExpiresAt.ShouldBe(call.RequestedAt + (365 * Day));
            await approvals.AnswerAsync(
                call.ApprovalId,
                ToolAnswer.Approve(System.Text.Json.JsonElement.Parse("""{"amount":25}"""))
            );
        }

        host.Time.Advance(Day);
        (string Id, string Output)[] expected =
        [
            ("sleep", "one"),
            ("event", "one-went"),
            ("retry", "one2"),
            ("stream", "one-went20000"),
            ("child", "one-one-kid"),
            ("paused", "one"),
            .. isAsked ? [("ask", "one25"), ("denied", "one40no")] : Array.Empty<(string, string)>(),
        ];
        foreach (var (id, output) in expected)
        {
            var instance = await client.GetAsync(id);
            (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(output, id);
        }

        // What was recorded did not run again.
        (script["first"], script["produced"]).ShouldBe((0, 0));
    }

    /// <summary>Run it by hand when there is a new version, never to make the test above pass.</summary>
    [Fact(Explicit = true)]
    public async Task Write_the_golden_directory()
    {
        var host = await StartAsync(Journey());
        var client = host.Client<string, string>("script");
        foreach (var id in new[] { "sleep", "event", "retry", "stream", "paused", "large", "fail", "ask", "denied" })
        {
            await client.CreateAsync(id == "paused" ? "sleep" : id, id);
        }

        var parent = await client.CreateAsync("child", "child");
        foreach (var id in new[] { "sleep", "event", "retry", "stream", "paused", "child", "ask", "denied" })
        {
            await host.UntilStatusAsync(await client.GetAsync(id), InstanceStatus.Waiting);
        }

        await TestHost.UntilAsync(
            async () => (await host.Engine.ListAsync(new() { Status = InstanceStatus.Waiting })).Instances.Count == 9,
            $"the child of {parent.Id} to wait"
        );
        await (await client.GetAsync("paused")).PauseAsync();
        await (await client.GetAsync("event")).SendEventAsync("other", 1);
        await TestHost.InTimeAsync(host.Engine.WaitAsync(new("script", "large")));
        await TestHost.InTimeAsync(host.Engine.WaitAsync(new("script", "fail")));
        var approvals = host.Services.GetRequiredService<IApprovals>();
        var asked = await approvals.ListAsync(new());
        await approvals.AnswerAsync(
            asked.Items.Single(call => call.InstanceId == "denied").ApprovalId,
            ToolAnswer.Deny("no"),
            new() { DecidedBy = "ann" }
        );
        await TestHost.InTimeAsync(host.Engine.WaitAsync(new("script", "denied")));
        await host.StopAsync();

        var golden = Path.Combine(SourceDirectory(), "..", "Golden", "workflows-3");
        SqliteData.CopyDirectory(Path.Combine(_data.DataDirectory, "blobs"), Path.Combine(golden, "blobs"));
        using var connection = new DatabaseFile(Path.Combine(_data.DataDirectory, "everturn.db")).OpenWriter();
        connection.ExecuteOnce("DELETE FROM nodes");
        Directory.CreateDirectory(golden);
        File.Delete(Path.Combine(golden, "everturn.db"));
        connection.ExecuteOnce($"VACUUM INTO '{Path.Combine(golden, "everturn.db")}'");
    }

    private static async Task AssertEndedAsync(IWorkflowClient<string, string> client)
    {
        (await (await client.GetAsync("large")).StatusAsync()).Output<string>().ShouldBe(new string('l', 40_000));
        var failed = await client.GetAsync("fail");
        var status = await failed.StatusAsync();
        status.Error.ShouldBe(new InstanceError(nameof(InvalidOperationException), "no"));
        status.Rollback.ShouldBe(new RollbackResult(true));
        var steps = (await failed.DescribeAsync()).Steps;
        steps.Select(step => (step.Kind.Value, step.Name)).ShouldBe([("do", "first"), ("rollback", "first")]);
        Encoding.UTF8.GetString(steps[0].OutputJson.Span).ShouldBe("\"one\"");
        steps.ShouldAllBe(step => step.Attempts.Count == 1);
        var log = new List<string>();
        await foreach (var logged in failed.SubscribeAsync())
        {
            log.Add(logged.Type.Value);
        }

        log.ShouldBe([
            "workflow_queued",
            "workflow_started",
            "workflow_running",
            "step_started",
            "attempt_started",
            "attempt_completed",
            "step_completed",
            "rollback_started",
            "rollback_step_started",
            "rollback_attempt_started",
            "rollback_attempt_completed",
            "rollback_step_completed",
            "rollback_completed",
            "workflow_errored",
        ]);
    }

    private static Script Journey()
    {
        Script? script = null;
        return script = new Script(
            async (step, trigger, _) =>
            {
                var first = await step.DoAsync(
                    "first",
                    new() { Rollback = new((_, _) => Task.CompletedTask) },
                    _ => Task.FromResult(script!.Count("first") > 0 ? "one" : "")
                );
                return trigger.Payload switch
                {
                    "sleep" => await SleepAsync(step, first),
                    "event" => first + (await step.WaitForEventAsync<string>("wait", "go")).Payload,
                    "retry" => first + await RetryAsync(step),
                    "stream" => first + await StreamAsync(step, script!),
                    "child" => $"{first}-{await ChildAsync(step)}",
                    "ask" or "denied" => first + await AskAsync(step),
                    "large" => await step.DoAsync("large", _ => Task.FromResult(new string('l', 40_000))),
                    _ => throw new InvalidOperationException("no"),
                };
            }
        );
    }

    private static async Task<string> SleepAsync(WorkflowStep step, string first)
    {
        await step.SleepAsync("nap", Day);
        return first;
    }

    private static Task<string> RetryAsync(WorkflowStep step) =>
        step.DoAsync(
            "flaky",
            new()
            {
                Retries = new() { Limit = 2, Delay = TimeSpan.FromHours(1) },
            },
            (context, _) =>
                context.Attempt == 1
                    ? throw new InvalidOperationException("once")
                    : Task.FromResult($"{context.Attempt}")
        );

    private static async Task<string> StreamAsync(WorkflowStep step, Script script)
    {
        var stream = await step.StreamAsync("stream", (_, _) => PiecesAsync(script));
        var received = await step.WaitForEventAsync<string>("wait", "go");
        return $"{received.Payload}{(await stream.ReadAllAsync()).Length}";
    }

    private static async Task<string> AskAsync(WorkflowStep step)
    {
        var decision = await step.RequestApprovalAsync(
            "ask",
            new Refund(40),
            new() { AnswerWithin = 365 * Day, UserId = "ann" }
        );
        return $"{decision.Arguments.Amount}{decision.Reason}";
    }

    private static Task<string> ChildAsync(WorkflowStep step) =>
        step.RunChildAsync<string, string>("kid", "script", "event", new() { Id = "the-kid" });

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync(Script script)
    {
        script.Count("produced");
        await Task.Yield();
        yield return new byte[20_000];
    }

    private sealed record Refund(int Amount);

    private static string SourceDirectory([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
