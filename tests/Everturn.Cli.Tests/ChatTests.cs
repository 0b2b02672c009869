using Everturn.Testing.Models;

namespace Everturn.Cli.Tests;

public sealed class ChatTests
{
    [Fact]
    public async Task Lines_of_standard_input_are_turns_of_one_session()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hello."), ScriptedReply.Text("Bye."));
        using var chat = host.Start("chat", "--session", "s1");
        await chat.WriteLineAsync("hi");
        await chat.PrintedAsync("Hello.");
        await chat.WriteLineAsync("that is all");
        await chat.PrintedAsync("Bye.");
        chat.CloseInput();

        var ended = (await chat.EndAsync()).Exits(0);

        ended.Output.ShouldBe("Hello.\nBye.\n");
        ended.Errors.ShouldContain("Session s1.");
        (await host.RunAsync("runs", "list", "s1")).Lines.Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_chat_goes_on_with_a_session_and_prints_only_what_is_new()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hello."), ScriptedReply.Text("Bye."));
        await host.TurnAsync("s1", "hi");

        var next = (await host.RunAsync("chat", "-s", "s1", "-m", "bye")).Exits(0);

        next.Output.ShouldBe("Bye.\n");
    }

    [Fact]
    public async Task Ctrl_c_interrupts_the_answer_and_not_the_chat()
    {
        await using var host = await CliHost.StartAsync(
            ScriptedReply.Text("Let me think").ThenStall(),
            ScriptedReply.Text("Short.")
        );
        using var chat = host.Start("chat", "--session", "s1");
        await chat.WriteLineAsync("hi");
        await chat.PrintedAsync("Let me think");

        chat.Interrupt();

        await chat.PrintedAsync("Interrupted: interrupted by the user.");
        await chat.WriteLineAsync("shorter, please");
        await chat.PrintedAsync("Short.");
        chat.CloseInput();
        (await chat.EndAsync()).Exits(0).Output.ShouldBe("Let me think\nShort.\n");
    }

    [Fact]
    public async Task Invariant_8_a_chat_survives_a_connection_that_breaks_without_losing_or_repeating_a_word()
    {
        var gate = new ReplyGate();
        await using var host = await CliHost.StartAsync(
            ScriptedReply.Text("One ", "two ").ThenGate(gate).ThenText("three ", "four.")
        );
        await using var proxy = new CuttingProxy(host.Url);
        using var chat = CliProcess.Start(proxy.Url, null, null, "chat", "-s", "s1", "-m", "count");
        await chat.PrintedAsync("two");
        var connections = proxy.Connections;

        proxy.Cut();
        await chat.PrintedAsync("The connection broke");
        gate.Release();

        (await chat.EndAsync()).Exits(0).Output.Replace("\n", "").ShouldBe("One two three four.");
        proxy.Connections.ShouldBeGreaterThan(connections);
    }

    [Fact]
    public async Task A_run_that_fails_is_an_exit_code_and_a_reason()
    {
        await using var host = await CliHost.StartAsync(
            ScriptedReply.Fail(new InvalidOperationException("no model today"))
        );

        var failed = (await host.RunAsync("chat", "-m", "hi")).Exits(1);

        failed.Errors.ShouldContain("error: The run failed: ");
    }

    [Fact]
    public async Task Json_is_the_events_as_they_come()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hello."));

        var lines = (await host.RunAsync("chat", "-s", "s1", "-m", "hi", "--json")).Exits(0).Lines;

        lines[0].ShouldStartWith("""{"sequence":1,"chunk":{"type":"text_delta",""");
        lines[^1].ShouldStartWith("""{"status":"completed",""");
    }

    [Fact]
    public async Task A_session_that_is_busy_is_a_conflict()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Thinking").ThenStall());
        using var chat = host.Start("chat", "--session", "s1", "--message", "hi");
        await chat.PrintedAsync("Thinking");

        var refused = (await host.RunAsync("chat", "-s", "s1", "-m", "me too")).Exits(6);

        refused.Errors.ShouldContain("agent_already_running");
    }
}
