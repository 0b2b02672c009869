using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Everturn.Browser.Tests;

/// <summary>The page of the counter, in two windows of a real browser against the real process.</summary>
public sealed class CounterPageTests(Browser browser)
{
    private const string Picture = "EVERTURN_PICTURE";

    [Fact]
    public async Task Two_people_see_each_other_and_count_together()
    {
        await using var counter = await CounterProcess.StartAsync();
        var ada = await browser.OpenAsync(counter.PageOf("Ada"));
        await Expect(People(ada)).ToHaveTextAsync(["Ada"]);
        var grace = await browser.OpenAsync(counter.PageOf("Grace"));
        await Expect(People(ada)).ToHaveTextAsync(["Ada", "Grace"]);
        await Expect(People(grace)).ToHaveTextAsync(["Ada", "Grace"]);

        await Button(ada, "Count up").ClickAsync();
        await Expect(Count(grace)).ToHaveTextAsync("1");
        await Button(grace, "Count up").ClickAsync();
        await Expect(Count(ada)).ToHaveTextAsync("2");
        await Button(grace, "Count down").ClickAsync();
        await Expect(Count(ada)).ToHaveTextAsync("1");
        await Expect(Count(grace)).ToHaveTextAsync("1");
        if (Environment.GetEnvironmentVariable(Picture) is { } path)
        {
            await ada.Page.ScreenshotAsync(new() { Path = path });
        }

        await grace.Page.CloseAsync();
        await Expect(People(ada)).ToHaveTextAsync(["Ada"]);
        ada.Errors.ShouldBeEmpty();
        grace.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_comes_back_after_a_crash_and_the_count_is_what_it_was()
    {
        await using var counter = await CounterProcess.StartAsync();
        var page = await browser.OpenAsync(counter.PageOf("Ada"));
        await Button(page, "Count up").ClickAsync();
        await Button(page, "Count up").ClickAsync();
        await Expect(Count(page)).ToHaveTextAsync("2");

        counter.Kill();
        await Expect(Status(page)).ToHaveAttributeAsync("data-status", "connecting");
        await counter.StartAgainAsync();

        await Expect(Status(page)).ToHaveAttributeAsync("data-status", "connected");
        await Expect(People(page)).ToHaveTextAsync(["Ada"]);
        await Button(page, "Count up").ClickAsync();
        await Expect(Count(page)).ToHaveTextAsync("3");
    }

    private static ILocator Count(ChatPage page) => page.Page.Locator("#count");

    private static ILocator People(ChatPage page) => page.Page.Locator("#people li");

    private static ILocator Status(ChatPage page) => page.Page.Locator("#status");

    private static ILocator Button(ChatPage page, string name) =>
        page.Page.GetByRole(AriaRole.Button, new() { Name = name });
}
