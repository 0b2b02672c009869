namespace Everturn.AspNetCore.Tests;

public sealed class CheckpointTests
{
    [Fact]
    public async Task Checkpoints_are_listed_newest_first_in_pages()
    {
        await using var host = await SessionHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.StartRunAsync("s1");
            await host.EndRunAsync("s1");
        }

        var first = await host.Http.GetJsonAsync("/sessions/s1/checkpoints?limit=2");
        var second = await host.Http.GetJsonAsync(
            $"/sessions/s1/checkpoints?limit=2&cursor={first.Text("nextCursor")}"
        );

        var all = first.GetProperty("checkpoints").EnumerateArray();
        all.Select(item => item.Text("checkpointId")).ShouldBe(["checkpoint-3", "checkpoint-2"]);
        first.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        var last = second.GetProperty("checkpoints").EnumerateArray().Single();
        last.Names()
            .ShouldBe(["checkpointId", "runId", "stepCount", "messageCount", "sequence", "status", "createdAt"]);
        last.Text("checkpointId").ShouldBe("checkpoint-1");
        last.Text("status").ShouldBe("completed");
        last.GetProperty("messageCount").GetInt32().ShouldBe(2);
        second.Names().ShouldBe(["checkpoints", "hasMore"]);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?cursor=nonsense", "cursor")]
    public async Task Invariant_11_a_page_that_is_not_acceptable_is_refused(string query, string field)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        using var refused = await host.Http.GetAsync(
            "/sessions/s1/checkpoints" + query,
            TestContext.Current.CancellationToken
        );

        await refused.ProblemAsync(400, "invalid_input", field);
    }

    [Fact]
    public async Task A_session_that_is_not_there_has_no_checkpoints()
    {
        await using var host = await SessionHost.StartAsync();

        using var missing = await host.Http.GetAsync(
            "/sessions/none/checkpoints",
            TestContext.Current.CancellationToken
        );

        await missing.ProblemAsync(404, "session_not_found");
    }
}
