using Everturn.Workflows;

namespace Everturn.Cli.Tests;

/// <summary>LC-16: instances of workflows, by the real program.</summary>
public sealed class WorkflowCommandTests
{
    private const string Ann = """{"name":"Ann"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_is_created_with_json_from_the_command_line_a_file_or_standard_input()
    {
        await using var host = await CliHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "ann.json"), Ann, Token);

        (await CreateAsync(host, "a", Ann)).Output.ShouldBe("a is created.\n");
        (
            await CliProcess.RunInAsync(
                host.Url,
                host.Folder,
                null,
                "workflows",
                "create",
                "onboarding",
                "--id",
                "b",
                "-p",
                "@ann.json"
            )
        ).Exits(0);
        using var piped = host.Start("workflows", "create", "onboarding", "--id", "c", "-p", "-");
        await piped.WriteLineAsync(Ann);
        piped.CloseInput();
        (await piped.EndAsync()).Exits(0);
        var made = (await host.RunAsync("workflows", "create", "onboarding", "-p", Ann, "--json")).Exits(0);

        foreach (var id in new[] { "a", "b", "c", made.Json.GetProperty("id").GetString()! })
        {
            var json = (await host.RunAsync("workflows", "describe", "onboarding", id, "--json")).Exits(0).Json;
            json.GetProperty("params").ToString().ShouldBe(Ann);
        }
    }

    [Fact]
    public async Task A_create_is_repeatable_with_a_request_id_and_says_how_long_the_instance_is_kept()
    {
        await using var host = await CliHost.StartAsync();
        string[] create =
        [
            "workflows",
            "create",
            "onboarding",
            "--id",
            "a",
            "--request-id",
            "r1",
            "--error-retention",
            "2 days",
        ];

        (await host.RunAsync([.. create, "--success-retention", "1 hour", "-p", Ann])).Exits(0);
        var again = (await host.RunAsync([.. create, "--success-retention", "1 hour", "-p", Ann])).Exits(0);
        var other = (await host.RunAsync([.. create, "-p", """{"name":"Bob"}"""])).Exits(2);
        var wrong = (await host.RunAsync([.. create, "--success-retention", "soon", "-p", Ann])).Exits(2);

        again.Output.ShouldBe("a is created.\n");
        other.Errors.ShouldContain("request_conflict");
        wrong.Errors.ShouldContain("retention.successRetention: ");
        (await host.RunAsync("workflows", "terminate", "onboarding", "a")).Exits(0);
        await host.InstanceAsync("a", found => found.ExpiresAt - found.EndedAt == TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task Workflows_and_instances_are_listed_filtered_and_paged()
    {
        await using var host = await CliHost.StartAsync();
        foreach (var id in new[] { "x1", "x2", "y1" })
        {
            (await CreateAsync(host, id, id == "x2" ? """{"name":"Nobody"}""" : Ann)).Exits(0);
            await host.InstanceAsync(id, found => found.Status.IsTerminal || found.Status == InstanceStatus.Waiting);
            host.Clock.Now += TimeSpan.FromMinutes(1);
        }

        var workflows = (await host.RunAsync("workflows", "list")).Exits(0);
        var all = (await host.RunAsync("workflows", "list", "onboarding")).Exits(0);
        var failed = (await host.RunAsync("workflows", "list", "onboarding", "--status", "errored")).Exits(0);
        var named = (await host.RunAsync("workflows", "list", "onboarding", "--prefix", "x", "--json")).Exits(0);
        var first = (await host.RunAsync("workflows", "list", "onboarding", "--limit", "2")).Exits(0);
        var cursor = first.Errors.Trim().Split(' ')[^1];
        var rest = (await host.RunAsync("workflows", "list", "onboarding", "--cursor", cursor)).Exits(0);

        workflows
            .Lines[0]
            .ShouldBe("WORKFLOW    VERSION  QUEUED  RUNNING  WAITING  PAUSED  COMPLETE  ERRORED  TERMINATED");
        workflows.Lines[1].ShouldBe("onboarding  2        0       0        2        0       0         1        0");
        all.Lines[0].ShouldStartWith("INSTANCE  STATUS   CREATED               TOOK    NEXT WAKE");
        all.Lines[1..].Select(line => line[..2]).ShouldBe(["y1", "x2", "x1"]);
        failed.Lines.Length.ShouldBe(2);
        failed.Lines[1].ShouldEndWith("NonRetryableError: A customer has a name.");
        named.Json.GetProperty("instances").GetArrayLength().ShouldBe(2);
        first.Lines[1..].Select(line => line[..2]).ShouldBe(["y1", "x2"]);
        rest.Lines[1..].Select(line => line[..2]).ShouldBe(["x1"]);
    }

    [Fact]
    public async Task Describe_draws_the_steps_on_one_scale_and_tells_what_failed_and_what_is_awaited()
    {
        await using var host = await CliHost.StartAsync();
        (await CreateAsync(host, "a", Ann)).Exits(0);
        await host.StatusAsync("a", InstanceStatus.Waiting);
        host.Clock.Now += TimeSpan.FromSeconds(4.8);

        var shown = (await host.RunAsync("workflows", "describe", "onboarding", "a", "--outputs")).Exits(0);

        shown.Output.ShouldContain("status     waiting: contract (event signed)\n");
        shown.Output.ShouldContain("so far     10.0 s\n");
        // 40 marks are 10 seconds: 1.2, then 2 and 2, then what is left.
        var steps = shown.Lines.SkipWhile(line => !line.StartsWith("STEP", StringComparison.Ordinal)).ToList();
        steps[1]
            .ShouldBe(
                "create account  step          completed              1.2 s  █████···································"
            );
        steps[2]
            .ShouldBe(
                "send mail       step          completed, 2 attempts  4.0 s  ····█████████████████···················"
            );
        steps[3]
            .ShouldBe(
                "contract        event signed  waiting                -      ····················░░░░░░░░░░░░░░░░░░░>"
            );
        steps[4].ShouldStartWith("FAILED     ATTEMPT  AGAIN AFTER  ERROR");
        steps[5].ShouldBe("send mail  1        0 ms         HttpRequestException: The mail server is busy.");
        steps[6].ShouldStartWith("RETURNED BY");
        steps[7].ShouldBe("create account  \"acc-7\"");
        shown.Errors.ShouldContain("not over yet");
        shown.Output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task An_event_lets_an_instance_go_on_and_the_last_one_is_found_by_its_age()
    {
        await using var host = await CliHost.StartAsync();
        (await CreateAsync(host, "old", Ann)).Exits(0);
        await host.StatusAsync("old", InstanceStatus.Waiting);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        (await CreateAsync(host, "new", Ann)).Exits(0);

        var sent = (
            await host.RunAsync("workflows", "send-event", "onboarding", "latest", "signed", "--payload", "\"Ann\"")
        ).Exits(0);
        await host.StatusAsync("new", InstanceStatus.Complete);

        sent.Output.ShouldBe("new is sent signed.\n");
        var shown = (await host.RunAsync("workflows", "describe", "onboarding", "latest")).Exits(0);
        shown.Output.ShouldContain("output    \"acc-7, signed by Ann\"\n");
        (await host.RunAsync("workflows", "send-event", "onboarding", "new", "signed"))
            .Exits(6)
            .Errors.ShouldContain("(instance_finished)");
        await host.StatusAsync("old", InstanceStatus.Waiting);
    }

    [Fact]
    public async Task An_instance_is_paused_resumed_terminated_with_rollback_and_restarted_from_a_step()
    {
        await using var host = await CliHost.StartAsync();
        (await CreateAsync(host, "a", Ann)).Exits(0);
        await host.StatusAsync("a", InstanceStatus.Waiting);

        (await ChangeAsync(host, "pause", "a")).Exits(0).Output.ShouldBe("a is paused.\n");
        (await ChangeAsync(host, "resume", "a")).Exits(0).Output.ShouldBe("a goes on.\n");
        await host.StatusAsync("a", InstanceStatus.Waiting);
        (await ChangeAsync(host, "terminate", "a", "--rollback")).Exits(0);
        await host.StatusAsync("a", InstanceStatus.Terminated);
        var shown = (await host.RunAsync("workflows", "describe", "onboarding", "a")).Exits(0);
        (await ChangeAsync(host, "terminate", "a"))
            .Exits(6)
            .Errors.ShouldContain("(instance.cannot_terminate) Cannot terminate instance since its on a finite state");
        (await ChangeAsync(host, "resume", "a")).Exits(0).Output.ShouldBe("a had ended before: terminated.\n");
        (await ChangeAsync(host, "restart", "a", "--from", "none")).Exits(6).Errors.ShouldContain("\"none\" not found");
        (await ChangeAsync(host, "restart", "a", "--from", "send mail")).Exits(0).Output.ShouldBe("a runs again.\n");
        await host.StatusAsync("a", InstanceStatus.Waiting);
        (await ChangeAsync(host, "terminate", "a")).Exits(0).Output.ShouldBe("a is terminated.\n");

        shown.Output.ShouldContain("rollback  complete\n");
        shown.Output.ShouldContain("\ncreate account  rollback ");
        shown.Output.ShouldContain("\n-               termination ");
    }

    [Fact]
    public async Task Tail_follows_to_the_end_and_its_exit_code_says_how_it_went()
    {
        await using var host = await CliHost.StartAsync();
        (await CreateAsync(host, "a", Ann)).Exits(0);
        using var tail = host.Start("workflows", "tail", "onboarding", "a");
        await tail.PrintedAsync("wait_started");

        (await host.RunAsync("workflows", "send-event", "onboarding", "a", "signed", "-p", "\"Ann\"")).Exits(0);

        var lines = (await tail.EndAsync()).Exits(0).Lines;
        lines[0].ShouldBe("     1  09:30:00.000  workflow_queued");
        lines.ShouldContain("     7  09:30:01.200  step_completed           create account  \"acc-7\"");
        lines[^2].ShouldEndWith("workflow_completed       \"acc-7, signed by Ann\"");
        lines[^1].ShouldBe("   end  complete");
        lines.Select(line => line[..6].Trim()).ShouldBeUnique();
        var rest = (
            await host.RunAsync(
                "workflows",
                "tail",
                "onboarding",
                "a",
                "--from",
                "7",
                "--only",
                "step_completed",
                "--json"
            )
        ).Exits(0);
        rest.Lines.Length.ShouldBe(3);
        rest.Lines[0].ShouldContain("\"stepName\":\"send mail\"");
        rest.Lines[^1].ShouldStartWith("""{"status":"complete",""");

        (await CreateAsync(host, "b", """{"name":"Nobody"}""")).Exits(0);
        (await host.RunAsync("workflows", "tail", "onboarding", "b"))
            .Exits(1)
            .Lines[^1]
            .ShouldBe("   end  errored, NonRetryableError: A customer has a name.");
    }

    [Fact]
    public async Task Invariant_8_tail_survives_a_connection_that_breaks_without_losing_or_repeating_a_line()
    {
        await using var host = await CliHost.StartAsync();
        await using var proxy = new CuttingProxy(host.Url);
        (await CreateAsync(host, "a", Ann)).Exits(0);
        using var tail = CliProcess.Start(proxy.Url, null, null, "workflows", "tail", "onboarding", "a");
        await tail.PrintedAsync("wait_started");

        proxy.Cut();
        await tail.PrintedAsync("The connection broke");
        (await host.RunAsync("workflows", "send-event", "onboarding", "a", "signed", "-p", "\"Ann\"")).Exits(0);

        var broken = (await tail.EndAsync()).Exits(0);
        broken.Output.ShouldBe((await host.RunAsync("workflows", "tail", "onboarding", "a")).Exits(0).Output);
    }

    [Fact]
    public async Task Delete_asks_first_and_a_script_has_to_say_yes()
    {
        await using var host = await CliHost.StartAsync();
        (await CreateAsync(host, "a", Ann)).Exits(0);
        (await CreateAsync(host, "b", Ann)).Exits(0);

        var refused = (await host.RunAsync("workflows", "delete", "onboarding", "a", "b")).Exits(2);
        (await host.RunAsync("workflows", "describe", "onboarding", "a")).Exits(0);
        var deleted = (await host.RunAsync("workflows", "delete", "onboarding", "a", "b", "--yes")).Exits(0);

        refused.Errors.ShouldContain("--yes");
        deleted.Output.ShouldBe("a is deleted.\nb is deleted.\n");
        (await host.RunAsync("workflows", "describe", "onboarding", "a")).Exits(3);
        (await host.RunAsync("workflows", "describe", "onboarding", "latest"))
            .Exits(3)
            .Errors.ShouldBe("error: Workflow 'onboarding' has no instances.\n");
    }

    [Fact]
    public async Task What_goes_wrong_is_said_in_a_sentence_and_by_the_exit_code()
    {
        await using var host = await CliHost.StartAsync();
        (await CreateAsync(host, "a", Ann)).Exits(0);
        (int ExitCode, string Said, string[] Arguments)[] cases =
        [
            (2, "--params is not JSON", ["create", "onboarding", "-p", "{name:Ann}"]),
            (2, "both kinds of quotes", ["create", "onboarding", "-p", "Ann"]),
            (2, "--params: ", ["create", "onboarding", "-p", "@nowhere.json"]),
            (2, "params.name: ", ["create", "onboarding", "-p", "{\"name\":7}"]),
            (2, "id: ", ["create", "onboarding", "--id", "not good"]),
            (2, "status: ", ["list", "onboarding", "--status", "odd"]),
            (2, "cursor: ", ["list", "onboarding", "--cursor", "odd"]),
            (2, "name one", ["list", "--status", "errored"]),
            (2, "--from", ["restart", "onboarding", "a", "--count", "2"]),
            (2, "--from", ["tail", "onboarding", "a", "--from", "-1"]),
            (2, "filter: ", ["tail", "onboarding", "a", "--only", "step_done"]),
            (2, "type: ", ["send-event", "onboarding", "a", "a.b"]),
            (2, "workflow: ", ["list", "no name"]),
            (3, "workflow_not_found", ["create", "unknown"]),
            (3, "workflow_not_found", ["list", "unknown"]),
            (3, "(instance.not_found) Instance does not exist", ["describe", "onboarding", "none"]),
            (3, "instance_not_found", ["tail", "onboarding", "none"]),
            (3, "instance_not_found", ["pause", "onboarding", "none"]),
            (6, "instance_already_exists", ["create", "onboarding", "--id", "a", "-p", Ann]),
            (6, "/sessions/", ["create", "agent__assistant"]),
        ];

        foreach (var (exitCode, said, arguments) in cases)
        {
            var refused = (await host.RunAsync(["workflows", .. arguments])).Exits(exitCode);

            refused.Output.ShouldBeEmpty();
            refused.Errors.ShouldStartWith("error: ");
            refused.Errors.ShouldContain(said);
            refused.Errors.ShouldNotContain("   at ");
        }
    }

    private static async Task<CliResult> CreateAsync(CliHost host, string id, string parameters) =>
        (await host.RunAsync("workflows", "create", "onboarding", "--id", id, "--params", parameters)).Exits(0);

    private static Task<CliResult> ChangeAsync(CliHost host, string command, string id, params string[] options) =>
        host.RunAsync(["workflows", command, "onboarding", id, .. options]);
}
