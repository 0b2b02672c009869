using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Everturn.Browser.Tests;

/// <summary>The sample's page as somebody sees it who uses it.</summary>
internal sealed class ChatPage
{
    private readonly ConcurrentQueue<string> _errors = new();

    public ChatPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong in the page, or was written to its console.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public ILocator LastRun => Page.Locator(".run").Last;

    public ILocator LastAnswer => LastRun.Locator(".answer");

    public ILocator LastText => LastRun.Locator(".text");

    public ILocator Tools => LastRun.Locator(".tool");

    public ILocator AllTools => Page.Locator(".tool");

    /// <summary>The call that waits for a decision.</summary>
    public ILocator Approval => Page.Locator(".approval");

    /// <summary>Messages that wait in line.</summary>
    public ILocator Queue => Page.Locator("#queue li");

    /// <summary>What becomes of a message while the assistant is busy.</summary>
    public ILocator Policy => Page.GetByLabel("While the assistant is busy");

    public ILocator Sessions => Page.Locator(".session");

    public ILocator Stop => Page.GetByRole(AriaRole.Button, new() { Name = "Stop the answer" });

    public async Task AskAsync(string question)
    {
        await SendAsync(question);
        await Expect(LastRun.Locator(".user")).ToHaveTextAsync(question);
    }

    /// <summary>Sends a message, whatever becomes of it.</summary>
    public async Task SendAsync(string message)
    {
        await Page.GetByLabel("Message").FillAsync(message);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeEnabledAsync();
        await Page.GetByLabel("Message").PressAsync("Enter");
    }

    /// <summary>Presses a button of the call that waits.</summary>
    public Task DecideAsync(string verb) =>
        Approval.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();

    /// <summary>Waits until the answer's text has begun and is not at its end.</summary>
    public async Task WaitForTextAsync()
    {
        await Expect(Page.Locator(".text.live")).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync(
            "() => document.querySelector('.run:last-child .text')?.textContent.length > 40"
        );
    }

    public Task WaitForStatusAsync(string status) =>
        Expect(Page.Locator($".run:last-child[data-status={status}]")).ToBeVisibleAsync();

    public async Task<string> TextAsync() =>
        (await LastText.AllInnerTextsAsync()) is { Count: > 0 } texts ? texts[^1] : "";
}
