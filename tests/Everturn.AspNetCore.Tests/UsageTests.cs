using Everturn.AspNetCore.Tests.Server;
using Everturn.Testing.Models;
using Everturn.Usage;

namespace Everturn.AspNetCore.Tests;

public sealed class UsageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_and_totals_have_all_their_fields()
    {
        await using var host = await SessionHost.StartAsync();
        var runId = await host.StartRunAsync("s1");
        foreach (var entry in Entries(runId))
        {
            await host.Store.RecordEntryAsync(new("s1"), entry, Token);
        }

        var json = await host.Http.GetJsonAsync("/sessions/s1/usage");

        json.Names().ShouldBe(["entries", "rollup", "hasMore"]);
        json.GetProperty("entries")
            .EnumerateArray()
            .Select(entry => entry.GetRawText())
            .ShouldBe([
                $$"""{"id":"u1","runId":"{{runId}}","timestamp":1000,"stepCount":1,"source":"agent","kind":"tokens","model":"m-1","provider":"p","tokens":{"prompt":5,"completion":4,"reasoning":3,"cached":2,"total":9},"durationMs":1.5}""",
                $$"""{"id":"u2","runId":"{{runId}}","timestamp":1001,"stepCount":1,"source":"tool","kind":"tool","toolName":"look","durationMs":2000,"success":false}""",
                $$"""{"id":"u3","runId":"{{runId}}","timestamp":1002,"stepCount":2,"source":"subagent","kind":"subagent","agentType":"helper","success":true}""",
                $$"""{"id":"u4","runId":"{{runId}}","timestamp":1003,"stepCount":2,"source":"agent","kind":"custom","type":"pages","amount":2.5}""",
            ]);
        json.GetProperty("rollup")
            .GetRawText()
            .ShouldBe(
                """{"tokens":{"prompt":5,"completion":4,"reasoning":3,"cached":2,"total":9},"modelCalls":1,"toolStats":{"totalCalls":1,"failedCalls":1},"custom":{"pages":2.5},"byModel":{"m-1":{"calls":1,"tokens":{"prompt":5,"completion":4,"reasoning":3,"cached":2,"total":9}}},"byTool":{"look":{"totalCalls":1,"failedCalls":1}},"byAgent":{"writer":{"calls":1,"tokens":{"prompt":5,"completion":4,"reasoning":3,"cached":2,"total":9}}}}"""
            );
    }

    [Fact]
    public async Task Pages_of_entries_come_one_after_another_and_each_with_the_totals_of_all()
    {
        await using var host = await SessionHost.StartAsync();
        foreach (var entry in Entries(await host.StartRunAsync("s1")))
        {
            await host.Store.RecordEntryAsync(new("s1"), entry, Token);
        }

        var first = await host.Http.GetJsonAsync("/sessions/s1/usage?limit=3");
        var cursor = Uri.EscapeDataString(first.Text("nextCursor"));
        var second = await host.Http.GetJsonAsync($"/sessions/s1/usage?limit=3&cursor={cursor}");

        first.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        first.GetProperty("entries").EnumerateArray().Select(entry => entry.Text("id")).ShouldBe(["u1", "u2", "u3"]);
        second.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        second.GetProperty("entries").EnumerateArray().Select(entry => entry.Text("id")).ShouldBe(["u4"]);
        second.GetProperty("rollup").GetRawText().ShouldBe(first.GetProperty("rollup").GetRawText());
    }

    [Fact]
    public async Task A_session_that_used_nothing_has_zeros()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        var json = await host.Http.GetJsonAsync("/sessions/s1/usage");

        json.GetProperty("entries").GetArrayLength().ShouldBe(0);
        json.GetProperty("rollup").GetProperty("tokens").GetProperty("total").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=", "cursor")]
    public async Task Invariant_11_a_page_that_is_not_acceptable_is_refused(string query, string field)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        using var answer = await host.Http.GetAsync($"/sessions/s1/usage?{query}", Token);

        await answer.ProblemAsync(400, "invalid_input", field);
    }

    [Fact]
    public async Task A_server_with_a_usage_store_of_its_own_answers_from_there()
    {
        var mine = new UsageList();
        await mine.RecordEntryAsync(new("s1"), Entries("r1")[3], Token);
        await using var host = await ServerHost.StartAsync(o => o.UsageStoreFactory = _ => mine, ScriptedReply.Stall());
        await host.StartRunAsync();

        var json = await host.Http.GetJsonAsync("/sessions/s1/usage");

        json.GetProperty("entries")[0].Text("id").ShouldBe("u4");
        json.GetProperty("rollup").GetProperty("modelCalls").GetInt64().ShouldBe(1);
    }

    private static UsageEntry[] Entries(string runId) =>
        [
            new()
            {
                Id = "u1",
                RunId = runId,
                Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1000),
                StepCount = 1,
                Kind = "tokens",
                Name = "m-1",
                Provider = "p",
                Duration = TimeSpan.FromMilliseconds(1.5),
                Tokens = new()
                {
                    Prompt = 5,
                    Completion = 4,
                    Reasoning = 3,
                    Cached = 2,
                    Total = 9,
                },
            },
            new()
            {
                Id = "u2",
                RunId = runId,
                Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1001),
                StepCount = 1,
                Source = "tool",
                Kind = "tool",
                Name = "look",
                Duration = TimeSpan.FromSeconds(2),
                Success = false,
            },
            new()
            {
                Id = "u3",
                RunId = runId,
                Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1002),
                StepCount = 2,
                Source = "subagent",
                Kind = "subagent",
                Name = "helper",
                Success = true,
            },
            new()
            {
                Id = "u4",
                RunId = runId,
                Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1003),
                StepCount = 2,
                Kind = "custom",
                Name = "pages",
                Amount = 2.5,
            },
        ];
}
