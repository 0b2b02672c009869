using Everturn.Sessions;

namespace Everturn.AspNetCore.Tests;

public sealed class InterruptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "interrupt", null)]
    [InlineData("{}", "interrupt", null)]
    [InlineData("""{"reason":"enough"}""", "interrupt", "enough")]
    [InlineData("""{"reason":"enough","mode":"at_once"}""", "interrupt", "enough")]
    [InlineData("""{"mode":"at_checkpoint"}""", "interrupt_at_checkpoint", null)]
    public async Task Invariant_9_an_interrupt_is_written_down(string? body, string kind, string? reason)
    {
        await using var host = await SessionHost.StartAsync();
        var runId = await host.StartRunAsync("s1");

        using var response = body is null
            ? await host.Http.PostAsync("/sessions/s1/interrupt", null, Token)
            : await host.Http.PostJsonAsync("/sessions/s1/interrupt", body);

        ((int)response.StatusCode).ShouldBe(200);
        var json = await response.JsonAsync();
        json.Names().ShouldBe(["sessionId", "runId", "status"]);
        json.Text("runId").ShouldBe(runId);
        json.Text("status").ShouldBe("running");
        var command = (await host.Store.ListOpenCommandsAsync(Token)).Single();
        command.RunId.ShouldBe(runId);
        command.Kind.Value.ShouldBe(kind);
        command.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Invariant_9_an_interrupt_of_an_ended_run_gives_its_outcome_and_writes_nothing()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");
        var before = await host.ContentAsync();

        using var response = await host.Http.PostJsonAsync("/sessions/s1/interrupt", "{}");

        var json = await response.JsonAsync();
        json.Text("status").ShouldBe("completed");
        json.Text("output").ShouldBe("the end");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_interrupt_of_a_failed_run_says_why_it_failed()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1", RunStatus.Failed, "model_failed", "no answer");

        using var response = await host.Http.PostJsonAsync("/sessions/s1/interrupt", "{}");

        var json = await response.JsonAsync();
        json.Text("status").ShouldBe("failed");
        json.Text("reason").ShouldBe("model_failed");
        json.Text("error").ShouldBe("no answer");
    }
}
