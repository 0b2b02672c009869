using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Approvals that a workflow asks for. Run for every store.</summary>
public abstract class ApprovalStepTests(Func<IStoreUnderTest> open) : CallTests(open)
{
    [Fact]
    public async Task An_approval_is_listed_as_asked_and_its_instance_waits_out_of_memory()
    {
        var host = await StartAsync(
            Asks(
                new()
                {
                    AnswerWithin = Day,
                    UserId = "ann",
                    Tool = "refund",
                }
            )
        );
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        (await instance.StatusAsync()).IsOwned.ShouldBeFalse();

        var call = await PendingAsync(host);

        call.Workflow.ShouldBe("script");
        call.InstanceId.ShouldBe(instance.Id);
        call.Kind.ShouldBe(PendingCallKind.Approval);
        call.ToolName.ShouldBe("refund");
        call.ToolCallId.ShouldBe("ask-1");
        call.UserId.ShouldBe("ann");
        call.Session.ShouldBe(new SessionKey(""));
        call.RequestedAt.ShouldBe(host.Time.GetUtcNow());
        call.ExpiresAt.ShouldBe(host.Time.GetUtcNow() + Day);
        Text(call.Arguments).ShouldBe("""{"order":"o-1","amount":40}""");
        var step = (await instance.DescribeAsync()).Steps.Single();
        (step.Kind, step.Status, step.DueAt).ShouldBe((StepKind.Approval, StepStatus.Waiting, call.ExpiresAt));
    }

    [Fact]
    public async Task Approved_it_goes_on_with_who_and_why()
    {
        var host = await StartAsync(Asks());
        var instance = await CreateAsync(host);

        var receipt = await AnswerAsync(host, ToolAnswer.Approve(reason: "known"), new() { DecidedBy = "ann" });

        receipt.Resumes.ShouldBeTrue();
        receipt.Call.Status.ShouldBe(PendingCallStatus.Approved);
        (await ResultAsync(instance)).ShouldBe("approved o-1 40 edited=False by=ann why=known");
        (await ListAsync(host, PendingCallStatus.Pending)).ShouldBeEmpty();
        (await ListAsync(host, PendingCallStatus.Approved)).Single().DecidedBy.ShouldBe("ann");
    }

    [Fact]
    public async Task Denied_it_goes_on_with_the_reason()
    {
        var host = await StartAsync(Asks());
        var instance = await CreateAsync(host);

        await AnswerAsync(host, ToolAnswer.Deny("too much"));

        (await ResultAsync(instance)).ShouldBe("denied o-1 40 edited=False by= why=too much");
    }

    [Fact]
    public async Task Approved_with_other_arguments_it_goes_on_with_those()
    {
        var host = await StartAsync(Asks());
        var instance = await CreateAsync(host);

        await AnswerAsync(host, ToolAnswer.Approve(Json("""{"order":"o-1","amount":25}""")));

        (await ResultAsync(instance)).ShouldBe("approved o-1 25 edited=True by= why=");
    }

    [Theory]
    [InlineData("""{"order":"o-1","amount":"a lot"}""", "arguments")]
    [InlineData("""{"order":"o-1"}""", "arguments")]
    [InlineData("""{"order":"o-1","amount":3000000000}""", "arguments")]
    [InlineData("""[1]""", "arguments")]
    public async Task Arguments_that_do_not_fit_are_refused_and_change_nothing(string edited, string field)
    {
        var host = await StartAsync(Asks());
        await CreateAsync(host);

        var refused = await Should.ThrowAsync<InvalidInputException>(() =>
            AnswerAsync(host, ToolAnswer.Approve(Json(edited)))
        );

        refused.Field.ShouldBe(field);
        (await PendingAsync(host)).Response.ShouldBeNull();
    }

    [Fact]
    public async Task Arguments_that_fit_the_schema_but_not_the_type_fail_the_step()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var failed = await Should.ThrowAsync<StepFailedException>(() =>
                        step.RequestApprovalAsync("ask", new Delivery(default))
                    );
                    return $"{failed.StepName} {failed.ErrorName}";
                }
            )
        );
        var instance = await CreateAsync(host);

        await AnswerAsync(host, ToolAnswer.Approve(Json("""{"on":"soon"}""")));

        (await ResultAsync(instance)).ShouldBe("ask JsonException");
    }

    [Fact]
    public async Task Answers_that_the_call_does_not_ask_for_are_refused_and_change_nothing()
    {
        var host = await StartAsync(Asks());
        await CreateAsync(host);
        (ToolAnswer Answer, string Field)[] wrong =
        [
            (ToolAnswer.OfResult(Json("1")), "kind"),
            (ToolAnswer.TryAgain(), "kind"),
            (new() { Kind = new("maybe") }, "kind"),
            (ToolAnswer.Approve(grantUntil: host.Time.GetUtcNow() + Day), "grantUntil"),
            (ToolAnswer.Deny(new string('x', 9_000)), "reason"),
            (ToolAnswer.Approve(Json($$"""{"order":"{{new string('x', 1_000_000)}}","amount":1}""")), "arguments"),
        ];

        foreach (var (answer, field) in wrong)
        {
            (await Should.ThrowAsync<InvalidInputException>(() => AnswerAsync(host, answer))).Field.ShouldBe(field);
        }

        (await PendingAsync(host)).Response.ShouldBeNull();
        await Should.ThrowAsync<PendingCallNotFoundException>(() =>
            Approvals(host).AnswerAsync("wf-forged", ToolAnswer.Approve())
        );
    }

    [Fact]
    public async Task The_first_answer_counts_and_the_same_again_is_fine()
    {
        var host = await StartAsync(Asks());
        var instance = await CreateAsync(host);
        var id = (await PendingAsync(host)).ApprovalId;

        await Approvals(host).AnswerAsync(id, ToolAnswer.Deny("no"));
        var again = await Approvals(host).AnswerAsync(id, ToolAnswer.Deny("no"));
        var conflict = await Should.ThrowAsync<AnswerConflictException>(() =>
            Approvals(host).AnswerAsync(id, ToolAnswer.Approve())
        );

        again.IsReplay.ShouldBeTrue();
        conflict.Call.Status.ShouldBe(PendingCallStatus.Denied);
        (await ResultAsync(instance)).ShouldStartWith("denied");
        (await Approvals(host).AnswerAsync(id, ToolAnswer.Deny("no"))).IsReplay.ShouldBeTrue();
    }

    [Theory]
    [InlineData("expire", "expired o-1 40 edited=False by= why=Nobody answered in time.")]
    [InlineData("deny", "denied o-1 40 edited=False by= why=Nobody answered in time.")]
    [InlineData("error", "Nobody answered \"ask-1\" in time")]
    public async Task When_its_time_is_over_the_default_outcome_applies(string outcome, string result)
    {
        var host = await StartAsync(Asks(new() { AnswerWithin = Day, OnExpiry = new(outcome) }));
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        var id = (await PendingAsync(host)).ApprovalId;

        host.Time.Advance(Day);

        (await ResultAsync(instance)).ShouldBe(result);
        var refused = await Should.ThrowAsync<AnswerConflictException>(() =>
            Approvals(host).AnswerAsync(id, ToolAnswer.Approve())
        );
        refused.Call.Status.ShouldBe(PendingCallStatus.Expired);
        refused.Call.DecidedAt.ShouldBe(host.Time.GetUtcNow());
    }

    [Fact]
    public async Task Several_wait_side_by_side_and_are_told_apart()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var asked = Enumerable
                        .Range(0, 3)
                        .Select(i => step.RequestApprovalAsync("ask", new Purchase($"o-{i}", i)))
                        .ToList();
                    var first = await Task.WhenAny(asked);
                    var all = await Task.WhenAll(asked);
                    return $"{(await first).Arguments.Order}: {string.Join(' ', all.Select(each => each.Status))}";
                }
            )
        );
        var instance = await CreateAsync(host);
        await TestHost.UntilAsync(
            async () => (await ListAsync(host, PendingCallStatus.Pending)).Count == 3,
            "three requests"
        );
        var calls = (await ListAsync(host, PendingCallStatus.Pending)).ToDictionary(call => call.ToolCallId);
        calls.Keys.ShouldBe(["ask-1", "ask-2", "ask-3"], ignoreOrder: true);

        await Approvals(host).AnswerAsync(calls["ask-2"].ApprovalId, ToolAnswer.Approve());
        await TestHost.UntilAsync(
            async () => (await instance.DescribeAsync()).Steps.Any(step => step.Status == StepStatus.Completed),
            "the first answer to be taken"
        );
        await Approvals(host).AnswerAsync(calls["ask-1"].ApprovalId, ToolAnswer.Deny());
        await Approvals(host).AnswerAsync(calls["ask-3"].ApprovalId, ToolAnswer.Approve());

        (await ResultAsync(instance)).ShouldBe("o-1: denied approved approved");
    }

    [Fact]
    public async Task The_list_is_narrowed_and_paged()
    {
        var host = await StartAsync(
            new Script(
                async (step, trigger, _) =>
                {
                    var options = new ApprovalOptions { UserId = trigger.Payload };
                    return $"{(await step.RequestApprovalAsync("ask", new Purchase("o", 1), options)).Status}";
                }
            )
        );
        var client = host.Client<string, string>("script");
        foreach (var user in new[] { "ann", "bob", "ann" })
        {
            await client.CreateAsync(user);
            host.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await TestHost.UntilAsync(
            async () => (await ListAsync(host, PendingCallStatus.Pending)).Count == 3,
            "three requests"
        );
        var approvals = Approvals(host);
        var pages = new List<PendingCallRecord>();
        string? cursor = null;
        do
        {
            var page = await approvals.ListAsync(new() { Page = new(2, cursor) });
            pages.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);

        pages.Select(call => call.ApprovalId).Distinct().Count().ShouldBe(3);
        pages.Select(call => call.RequestedAt).ShouldBeInOrder();
        (await approvals.ListAsync(new() { UserId = "ann" })).Items.Count.ShouldBe(2);
        (await approvals.ListAsync(new() { Workflow = "script" })).Items.Count.ShouldBe(3);
        (await approvals.ListAsync(new() { Workflow = "other" })).Items.ShouldBeEmpty();
        (await approvals.ListAsync(new() { AgentType = "clerk" })).Items.ShouldBeEmpty();
        (await approvals.ListAsync(new() { Tenant = "else" })).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_that_are_not_acceptable_are_thrown_to_the_body()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var fields = new List<string>();
                    foreach (
                        var ask in new Func<Task>[]
                        {
                            () => step.RequestApprovalAsync("", new Purchase("o", 1)),
                            () => step.RequestApprovalAsync("a", "not an object"),
                            () => step.RequestApprovalAsync("a", new Purchase(new string('x', 1_000_000), 1)),
                            () => step.RequestApprovalAsync("a", new Purchase("o", 1), new() { Tool = "" }),
                            () =>
                                step.RequestApprovalAsync("a", new Purchase("o", 1), new() { UserId = new('u', 257) }),
                            () =>
                                step.RequestApprovalAsync(
                                    "a",
                                    new Purchase("o", 1),
                                    new() { AnswerWithin = default(TimeSpan) }
                                ),
                            () =>
                                step.RequestApprovalAsync(
                                    "a",
                                    new Purchase("o", 1),
                                    new() { OnExpiry = new("approve") }
                                ),
                        }
                    )
                    {
                        fields.Add((await Should.ThrowAsync<InvalidInputException>(ask)).Field);
                    }

                    return string.Join(' ', fields);
                }
            )
        );
        var instance = await CreateAsync(host);

        (await ResultAsync(instance)).ShouldBe(
            "name arguments arguments options.Tool options.UserId options.AnswerWithin options.OnExpiry"
        );
        (await ListAsync(host, PendingCallStatus.Withdrawn)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_sensitive_is_not_shown_in_the_steps()
    {
        var host = await StartAsync(Asks(new() { Sensitive = true }));
        var instance = await CreateAsync(host);
        (await PendingAsync(host)).Sensitive.ShouldBeTrue();

        await AnswerAsync(host, ToolAnswer.Approve());
        await ResultAsync(instance);

        var step = (await instance.DescribeAsync()).Steps.Single();
        Text(step.OutputJson).ShouldBe($"\"{StepSnapshot.Redacted}\"");
    }

    private sealed record Delivery(DateTimeOffset On);
}
