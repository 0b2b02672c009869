using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Everturn.Browser.Tests;

/// <summary>Messages that are sent while the assistant is busy.</summary>
public sealed class BusyPageTests(Browser browser)
{
    private const string Question = "When does the harbour gate open and when does the ferry leave?";
    private const string End = "the harbour master raises a black ball at the mast";
    private const int Slow = 60;
    private const int Fast = 2;

    [Fact]
    public async Task A_second_message_waits_in_line_and_is_answered_after_the_first()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();

        await chat.SendAsync("Hello!");
        await Expect(chat.Queue).ToHaveCountAsync(1);
        await Expect(chat.Queue).ToContainTextAsync("Hello!");
        await Expect(chat.Queue).ToContainTextAsync("waits");
        await chat.Page.ReloadAsync();
        await Expect(chat.Queue).ToContainTextAsync("Hello!");

        await Expect(chat.LastText).ToContainTextAsync("Hello again");
        await chat.WaitForStatusAsync("completed");
        await Expect(chat.Queue).ToHaveCountAsync(0);
        await Expect(chat.Page.Locator(".user")).ToHaveTextAsync([Question, "Hello!"]);
        await Expect(chat.Page.Locator(".run").First).ToContainTextAsync(End);
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_waits_can_be_taken_back()
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();
        await chat.SendAsync("Hello!");
        await chat.SendAsync("note that gulls steal");
        await Expect(chat.Queue).ToHaveCountAsync(2);

        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel “Hello!”" }).ClickAsync();
        await Expect(chat.Queue).ToHaveCountAsync(1);

        await Expect(chat.LastText).ToContainTextAsync("Noted: gulls steal");
        await chat.WaitForStatusAsync("completed");
        await Expect(chat.Page.Locator(".user")).ToHaveTextAsync([Question, "note that gulls steal"]);
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_joins_the_answer_under_way()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync("Send a mail to ann@example.org saying one");
        await Expect(chat.Approval).ToBeVisibleAsync();

        // The run waits for a decision: what is said now is read before the model goes on.
        await chat.Policy.SelectOptionAsync("steer");
        await chat.SendAsync("note that gulls steal");
        await Expect(chat.Queue).ToContainTextAsync("joins the answer");
        await chat.DecideAsync("Approve");
        await chat.WaitForStatusAsync("completed");

        await Expect(chat.Queue).ToHaveCountAsync(0);
        await Expect(chat.LastText).ToContainTextAsync("Noted: gulls steal");
        await Expect(chat.Page.Locator(".run")).ToHaveCountAsync(2);
        await Expect(chat.LastRun.Locator(".user")).ToHaveTextAsync("note that gulls steal");
        assistant.Mails().Count.ShouldBe(1);
        await chat.Page.ReloadAsync();
        await Expect(chat.LastRun.Locator(".user")).ToHaveTextAsync("note that gulls steal");
        chat.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("interrupt", 2)]
    [InlineData("rollback", 1)]
    public async Task A_message_stops_or_replaces_the_answer_under_way(string policy, int messages)
    {
        await using var assistant = await AssistantProcess.StartAsync(Slow);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync(Question);
        await chat.WaitForTextAsync();

        await chat.Policy.SelectOptionAsync(policy);
        await chat.SendAsync("Hello!");

        await Expect(chat.LastRun.Locator(".user")).ToHaveTextAsync("Hello!");
        await chat.WaitForStatusAsync("completed");
        await Expect(chat.Page.Locator(".user")).ToHaveCountAsync(messages);
        await Expect(chat.Page.Locator(".text", new() { HasText = End })).ToHaveCountAsync(0);
        await Expect(chat.Page.Locator(".outcome")).ToHaveCountAsync(messages - 1);
        chat.Errors.ShouldBeEmpty();
    }
}
