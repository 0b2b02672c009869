using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Everturn.Browser.Tests.Browser))]

namespace Everturn.Browser.Tests;

/// <summary>One Chromium for all tests, Debian's own; every page is a browser context of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string DefaultPath = "/usr/bin/chromium";

    // A wait ends when its condition holds; this only says when a test has failed, on a busy machine too.
    private const int Timeout = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Timeout);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? DefaultPath,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            }
        );
    }

    /// <summary>A window of its own, as another person or device has it.</summary>
    internal async Task<ChatPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        var context = await _browser!.NewContextAsync(
            options
                ?? new()
                {
                    ViewportSize = new() { Width = 1280, Height = 820 },
                }
        );
        context.SetDefaultTimeout(Timeout);
        var page = await context.NewPageAsync();
        var chat = new ChatPage(page);
        await page.GotoAsync(address.ToString());
        return chat;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
