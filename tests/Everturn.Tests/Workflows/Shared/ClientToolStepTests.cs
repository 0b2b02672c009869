using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>What a workflow asks clients for. Run for every store.</summary>
public abstract class ClientToolStepTests(Func<IStoreUnderTest> open) : CallTests(open)
{
    [Fact]
    public async Task A_client_gives_a_result()
    {
        var host = await StartAsync(AsksClient());
        var instance = await CreateAsync(host);
        var call = await PendingAsync(host);

        call.Kind.ShouldBe(PendingCallKind.Client);
        await AnswerAsync(host, ToolAnswer.OfResult(Json("""{"order":"zone","amount":3}""")));

        (await ResultAsync(instance)).ShouldBe("zone 3");
    }

    [Fact]
    public async Task A_client_gives_an_error()
    {
        var host = await StartAsync(AsksClient());
        var instance = await CreateAsync(host);

        await AnswerAsync(host, ToolAnswer.OfError("no such zone"));

        (await ResultAsync(instance)).ShouldBe("ClientToolFailedException ask: no such zone");
        (await instance.DescribeAsync()).Steps.Single().Status.ShouldBe(StepStatus.Errored);
    }

    [Fact]
    public async Task A_clients_result_that_does_not_fit_is_refused()
    {
        var host = await StartAsync(AsksClient());
        await CreateAsync(host);
        (ToolAnswer Answer, string Field)[] wrong =
        [
            (ToolAnswer.OfResult(Json("""{"order":7,"amount":3}""")), "result"),
            (ToolAnswer.OfResult(Json("\"zone\"")), "result"),
            (ToolAnswer.OfResult(Json($"\"{new string('x', 1_000_000)}\"")), "result"),
            (ToolAnswer.Approve(), "kind"),
        ];

        foreach (var (answer, field) in wrong)
        {
            (await Should.ThrowAsync<InvalidInputException>(() => AnswerAsync(host, answer))).Field.ShouldBe(field);
        }

        (await PendingAsync(host)).Status.ShouldBe(PendingCallStatus.Pending);
    }

    [Fact]
    public async Task A_clients_result_that_fits_the_schema_but_not_the_type_is_the_clients_error()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var failed = await Should.ThrowAsync<ClientToolFailedException>(() =>
                        step.RequestClientToolAsync<Purchase, DateTimeOffset>("ask", new Purchase("o-1", 40))
                    );
                    return $"{failed.StepName}: {failed.Message[..32]}";
                }
            )
        );
        var instance = await CreateAsync(host);

        await AnswerAsync(host, ToolAnswer.OfResult(Json("\"soon\"")));

        (await ResultAsync(instance)).ShouldBe("ask: The result is no DateTimeOffset:");
    }

    [Fact]
    public async Task No_client_in_time_is_a_timeout()
    {
        var host = await StartAsync(AsksClient(new() { AnswerWithin = Day }));
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        host.Time.Advance(Day);

        (await ResultAsync(instance)).ShouldBe("WorkflowTimeoutException Nobody answered \"ask-1\" in time");
    }

    private static Script AsksClient(ClientToolOptions? options = null) =>
        new(
            async (step, _) =>
            {
                try
                {
                    var result = await step.RequestClientToolAsync<Purchase, Purchase>(
                        "ask",
                        new Purchase("o-1", 40),
                        options
                    );
                    return $"{result.Order} {result.Amount}";
                }
                catch (ClientToolFailedException exception)
                {
                    return $"{exception.GetType().Name} {exception.StepName}: {exception.Message}";
                }
                catch (WorkflowTimeoutException exception)
                {
                    return $"{exception.GetType().Name} {exception.Message}";
                }
            }
        );
}
