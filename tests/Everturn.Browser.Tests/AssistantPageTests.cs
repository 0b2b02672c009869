using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Everturn.Browser.Tests;

/// <summary>The page of the sample, in a real browser against the real process.</summary>
public sealed class AssistantPageTests(Browser browser)
{
    private const string Question = "When does the harbour gate open and when does the ferry leave?";
    private const string Begin = "The harbour gate opens one hour before high water";
    private const string End = "the harbour master raises a black ball at the mast";

    // Slow enough that the middle of an answer lasts for seconds.
    private const int Slow = 60;
    private const int Fast = 2;

    [Fact]
    public async Task An_answer_streams_with_its_tool_activity_and_the_next_turn_knows_it()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);

        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();
        var early = await chat.TextAsync();
        await chat.WaitForStatusAsync("completed");
        var whole = await chat.TextAsync();

        whole.Length.ShouldBeGreaterThan(early.Length);
        whole.ShouldContain(Begin);
        whole.ShouldContain(End);
        whole.ShouldContain("harbour.md");
        await Expect(chat.Tools).ToHaveCountAsync(4);
        await Expect(chat.Tools.First).ToContainTextAsync("Search the documents");
        await Expect(chat.Tools.Last).ToContainTextAsync("island.md");
        (await chat.Tools.EvaluateAllAsync<string[]>("tools => tools.map(tool => tool.dataset.state)")).ShouldAllBe(
            state => state == "done"
        );

        await chat.AskAsync("What did I ask before?");
        await chat.WaitForStatusAsync("completed");
        (await chat.TextAsync()).ShouldContain(Question);
        await Expect(chat.Sessions).ToHaveCountAsync(1);
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task I9_stop_keeps_what_was_said_and_the_session_goes_on()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);

        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();
        await chat.Stop.ClickAsync();
        await chat.WaitForStatusAsync("interrupted");
        (await chat.TextAsync()).ShouldNotContain(End);
        await Expect(chat.LastAnswer).ToContainTextAsync("Stopped");

        await chat.AskAsync("Hello!");
        await chat.WaitForStatusAsync("completed");
        await Expect(chat.LastText).ToContainTextAsync("Hello again");
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task I8_a_reload_in_the_middle_of_an_answer_loses_nothing()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);

        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();
        var before = await chat.TextAsync();
        await chat.Page.ReloadAsync();
        await chat.WaitForTextAsync();

        (await chat.TextAsync()).Length.ShouldBeGreaterThanOrEqualTo(before.Length);
        await Expect(chat.LastRun.Locator(".user")).ToHaveTextAsync(Question);
        await chat.WaitForStatusAsync("completed");
        var streamed = await chat.TextAsync();
        streamed.ShouldContain(Begin);
        streamed.ShouldContain(End);

        // Now it comes from the messages, and reads the same.
        await chat.Page.ReloadAsync();
        await chat.WaitForStatusAsync("completed");
        (await chat.TextAsync()).ShouldBe(streamed);
        await Expect(chat.Tools).ToHaveCountAsync(4);
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task I8_a_second_window_in_the_middle_of_an_answer_shows_the_same_and_later_turns_too()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var first = await browser.OpenAsync(assistant.Address);
        await first.AskAsync(Question);
        await first.WaitForTextAsync();

        var second = await browser.OpenAsync(new Uri(first.Page.Url));
        await second.WaitForTextAsync();
        await first.WaitForStatusAsync("completed");
        await second.WaitForStatusAsync("completed");
        (await second.TextAsync()).ShouldBe(await first.TextAsync());

        await second.AskAsync("Hello!");
        await Expect(first.LastRun.Locator(".user")).ToHaveTextAsync("Hello!");
        await Expect(first.LastText).ToContainTextAsync("Hello again! What else would you like to know?");
        first.Errors.ShouldBeEmpty();
        second.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_an_answer_finishes_it_in_the_same_page_when_it_is_back()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);

        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();
        assistant.Kill();
        await Expect(chat.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Reconnecting…");
        await assistant.StartAsync();
        await chat.WaitForStatusAsync("completed");

        var text = await chat.TextAsync();
        text.ShouldContain(Begin);
        text.ShouldContain(End);
        Occurrences(text, Begin).ShouldBe(1);
        await Expect(chat.Tools).ToHaveCountAsync(4);

        await chat.AskAsync("What did I ask before?");
        await chat.WaitForStatusAsync("completed");
        (await chat.TextAsync()).ShouldContain(Question);
        // That the server could not be reached is what the browser itself says.
        chat.Errors.Where(error => !error.Contains("net::ERR_", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_sent_while_the_server_is_away_is_answered_once_when_it_is_back()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync("Hello!");
        await chat.WaitForStatusAsync("completed");

        assistant.Kill();
        await chat.AskAsync("note that the pontoon is yellow");
        await assistant.StartAsync();
        await Expect(chat.Page.Locator(".run:last-child[data-status=completed] .text")).ToContainTextAsync("Noted");

        await Expect(chat.Page.Locator(".run")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Sessions_are_listed_opened_and_deleted()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);
        chat.Page.Dialog += async (_, dialog) => await dialog.AcceptAsync();

        await chat.AskAsync("Hello!");
        await chat.WaitForStatusAsync("completed");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "New session" }).ClickAsync();
        await Expect(chat.Page.Locator(".run")).ToHaveCountAsync(0);
        await chat.AskAsync("note that puffins nest in May");
        await chat.WaitForStatusAsync("completed");
        await Expect(chat.Sessions).ToHaveCountAsync(2);

        await chat.Sessions.Filter(new() { HasText = "Hello!" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(chat.LastText).ToContainTextAsync("What would you like to know");
        await chat.Sessions.Filter(new() { HasText = "puffins" }).HoverAsync();
        await chat
            .Sessions.Filter(new() { HasText = "puffins" })
            .GetByRole(AriaRole.Button, new() { Name = "Delete this session" })
            .ClickAsync();
        await Expect(chat.Sessions).ToHaveCountAsync(1);
        await Expect(chat.LastText).ToContainTextAsync("What would you like to know");
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_said_never_becomes_markup()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);

        await chat.AskAsync("note that <img src=x onerror=\"document.title='broken'\"> [here](javascript:alert(1))");
        await chat.WaitForStatusAsync("completed");

        await Expect(chat.LastText).ToContainTextAsync("<img src=x");
        await Expect(chat.Page.Locator("#conversation img, #conversation script, #conversation a")).ToHaveCountAsync(0);
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_fits_a_phone()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(
            assistant.Address,
            new()
            {
                ViewportSize = new() { Width = 390, Height = 800 },
                ColorScheme = ColorScheme.Dark,
            }
        );

        await chat.AskAsync(Question);
        await chat.WaitForStatusAsync("completed");
        (await chat.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Sessions", Exact = true }).ClickAsync();
        await Expect(chat.Sessions.First).ToBeVisibleAsync();
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Sessions.First).ToBeHiddenAsync();
        chat.Errors.ShouldBeEmpty();
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
