using Everturn.Testing.Models;

namespace Everturn.Cli.Tests;

public sealed class SessionCommandTests
{
    [Fact]
    public async Task Lists_are_columns_for_programs_and_json_is_what_the_server_sends()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("One."), ScriptedReply.Text("Two."));
        await host.TurnAsync("s1", "first");
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await host.TurnAsync("s2", "a second, longer message");

        var table = (await host.RunAsync("sessions", "list")).Exits(0);
        var filtered = (await host.RunAsync("sessions", "list", "--text", "second", "--json")).Exits(0);

        table.Lines[0].ShouldBe("SESSION  AGENT      STATUS     TURN  UPDATED               USER  TITLE");
        table
            .Lines[1]
            .ShouldBe("s2       assistant  completed  1     2026-11-22 09:31:00Z  -     a second, longer message");
        table.Lines[2].ShouldStartWith("s1 ");
        table.Output.ShouldNotContain("\e");
        var sessions = filtered.Json.GetProperty("sessions");
        sessions.GetArrayLength().ShouldBe(1);
        sessions[0].GetProperty("sessionId").GetString().ShouldBe("s2");
        filtered.Lines.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_says_how_to_get_the_next()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("One."), ScriptedReply.Text("Two."));
        await host.TurnAsync("s1", "first");
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await host.TurnAsync("s2", "second");

        var first = (await host.RunAsync("sessions", "list", "--limit", "1")).Exits(0);
        var second = (
            await host.RunAsync("sessions", "list", "--limit", "1", "--cursor", first.Errors.Trim().Split(' ')[^1])
        ).Exits(0);

        first.Lines[1].ShouldStartWith("s2 ");
        first.Errors.ShouldStartWith("More: --cursor ");
        second.Lines[1].ShouldStartWith("s1 ");
        second.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_and_runs_tell_of_one_session()
    {
        await using var host = await CliHost.StartAsync(
            ScriptedReply.Text("One."),
            ScriptedReply.Fail(new InvalidOperationException("no model today"))
        );
        await host.TurnAsync("s1", "first");
        await host.TurnAsync("s1", "second");

        var show = (await host.RunAsync("sessions", "show", "s1")).Exits(0);
        var runs = (await host.RunAsync("runs", "list", "s1")).Exits(0);
        var json = (await host.RunAsync("runs", "list", "s1", "--json")).Exits(0);

        show.Output.ShouldContain("status       failed");
        show.Output.ShouldContain("turns        2");
        runs.Lines.Length.ShouldBe(3);
        runs.Lines[0].ShouldStartWith("RUN  TURN  TRIGGER  STATUS");
        runs.Lines[1].ShouldStartWith("1    1     execute  completed");
        runs.Lines[2].ShouldStartWith("2    2     execute  failed");
        json.Json.GetProperty("runs").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Tail_prints_every_chunk_once_stored_and_live_to_the_end()
    {
        var gate = new ReplyGate();
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hel").ThenGate(gate).ThenText("lo."));
        using var chat = host.Start("chat", "--session", "s1", "--message", "hi");
        await chat.PrintedAsync("Hel");
        using var tail = host.Start("sessions", "tail", "s1");
        await tail.PrintedAsync("delta=\"Hel\"");

        gate.Release();

        var lines = (await tail.EndAsync()).Exits(0).Lines;
        lines[0].ShouldBe("     1  text_delta             delta=\"Hel\"");
        lines[1].ShouldBe("     2  text_delta             delta=\"lo.\"");
        lines[^1].ShouldBe("   end  completed");
        lines.Select(line => line[..6].Trim()).ShouldBeUnique();
        (await chat.EndAsync()).Exits(0).Output.ShouldBe("Hello.\n");
        var rest = (await host.RunAsync("sessions", "tail", "s1", "--from", "1", "--json")).Exits(0);
        rest.Lines[0].ShouldStartWith("""{"sequence":2,"chunk":{""");
        rest.Lines[^1].ShouldStartWith("""{"status":"completed",""");
    }

    [Fact]
    public async Task Tail_with_follow_goes_on_with_the_next_turn_until_ctrl_c()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("One."), ScriptedReply.Text("Two."));
        await host.TurnAsync("s1", "first");
        using var tail = host.Start("sessions", "tail", "s1", "--follow");
        await tail.PrintedAsync("One.");

        await host.TurnAsync("s1", "second");
        await tail.PrintedAsync("Two.");
        tail.Interrupt();

        (await tail.EndAsync()).Exits(130);
    }

    [Fact]
    public async Task Interrupt_stops_a_run_and_tells_of_one_that_had_ended()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Thinking").ThenStall());
        using var chat = host.Start("chat", "--session", "s1", "--message", "hi");
        await chat.PrintedAsync("Thinking");

        var told = (await host.RunAsync("sessions", "interrupt", "s1", "--reason", "lunch")).Exits(0);
        var ended = (await chat.EndAsync()).Exits(130);
        var again = (await host.RunAsync("sessions", "interrupt", "s1")).Exits(0);

        told.Output.ShouldBe("s1 was told to stop.\n");
        ended.Errors.ShouldContain("Interrupted: lunch.");
        again.Output.ShouldBe("s1 had ended before: interrupted.\n");
    }

    [Fact]
    public async Task Delete_asks_first_and_a_script_has_to_say_yes()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("One."));
        await host.TurnAsync("s1", "first");

        var refused = (await host.RunAsync("sessions", "delete", "s1")).Exits(2);
        (await host.RunAsync("sessions", "show", "s1")).Exits(0);
        var deleted = (await host.RunAsync("sessions", "delete", "s1", "--yes")).Exits(0);

        refused.Errors.ShouldContain("--yes");
        deleted.Output.ShouldBe("s1 is deleted.\n");
        (await host.RunAsync("sessions", "show", "s1")).Exits(3);
    }
}
