using System.Net.Http.Json;
using System.Text.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// A workflow that asks a person and gets an answer, and asks again and gets none: killed at every write, each question is
/// one row with one outcome, and what was decided is done once.
/// </summary>
public sealed class AskingSweep(ITestOutputHelper output) : KillSweep(output)
{
    private const string Workflow = "asking";

    [Fact]
    public Task Wherever_the_process_is_killed_a_workflow_asks_once_and_takes_the_first_answer() =>
        SweepAsync(coLocate: true);

    private protected override CrashProgram Program(bool coLocate) => Hosts.Program(coLocate, stayInMemoryMs: 10);

    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var restarts = harness.Restarts;
        var path = $"crash/workflows/{Workflow}/{id}";
        var records = new JourneyRecords(harness, new(Workflow, id));
        await harness.ArmAsync(crash, cancellationToken);
        await harness.PostAsync(path, cancellationToken);
        var question = await AskedAsync(harness, id, cancellationToken);
        await harness.AnswerAsync(
            question,
            new
            {
                kind = "approve",
                arguments = new { amount = 25 },
                decidedBy = "ann",
            },
            cancellationToken
        );
        var result = await harness.SurviveAsync(
            async (process, ct) =>
            {
                JsonElement view;
                do
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, ct);
                    view = await process.Client.GetFromJsonAsync<JsonElement>(path, ct);
                    view.GetProperty("status").GetString().ShouldBeOneOf("queued", "running", "waiting", "complete");
                } while (view.GetProperty("status").GetString() != "complete");
                return view.GetProperty("output").GetString();
            },
            cancellationToken
        );
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        var deaths = harness.Restarts - restarts;

        result.ShouldBe("approved 25 expired");
        records
            .Ran.Where(effect => effect.Key.StartsWith("pay-1-", StringComparison.Ordinal))
            .Sum(effect => effect.Value)
            .ShouldBeInRange(1, 1 + deaths);
        records.Repeated().ShouldBeEmpty();
        var rows = new List<JsonElement>();
        foreach (var status in new[] { "pending", "approved", "denied", "expired", "withdrawn" })
        {
            rows.AddRange(await RowsAsync(harness, id, status, cancellationToken));
        }

        rows.Select(row => (row.GetProperty("toolCallId").GetString(), row.GetProperty("status").GetString()))
            .ShouldBe([("ask-1", "approved"), ("late-1", "expired")]);
        rows[0].GetProperty("approvalId").GetString().ShouldBe(question.GetProperty("approvalId").GetString());
        rows[0].GetProperty("decidedBy").GetString().ShouldBe("ann");
        return (deaths, arrivals);
    }

    private static async Task<JsonElement> AskedAsync(
        CrashHarness harness,
        string id,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await RowsAsync(harness, id, "pending", cancellationToken) is [var question])
            {
                return question;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    private static Task<List<JsonElement>> RowsAsync(
        CrashHarness harness,
        string id,
        string status,
        CancellationToken cancellationToken
    ) =>
        harness.SurviveAsync(
            async (process, ct) =>
            {
                var page = await process.Client.GetFromJsonAsync<JsonElement>(
                    $"approvals?limit=1000&workflow={Workflow}&status={status}",
                    ct
                );
                return page.GetProperty("approvals")
                    .EnumerateArray()
                    .Where(call => call.GetProperty("instanceId").GetString() == id)
                    .ToList();
            },
            cancellationToken
        );
}
