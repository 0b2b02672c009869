using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Everturn.Browser.Tests;

/// <summary>Calls that wait for somebody outside, as the pages of the sample show and answer them.</summary>
public sealed class ApprovalPageTests(Browser browser)
{
    private const string Mail = "Send a mail to ann@example.org about the ferry: It is late today.";
    private const int Fast = 2;

    [Fact]
    public async Task A_mail_waits_with_its_arguments_and_goes_out_when_it_is_approved()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);

        await chat.AskAsync(Mail);
        await Expect(chat.Approval).ToContainTextAsync("Send a mail?");
        await Expect(chat.Approval.Locator("dd"))
            .ToHaveTextAsync(["ann@example.org", "the ferry", "It is late today."]);
        await Expect(chat.Page.Locator("#announcement")).ToHaveTextAsync("The assistant waits for your decision.");
        await Expect(chat.Tools.Last).ToHaveAttributeAsync("data-state", "waiting");
        await Expect(chat.Sessions.First).ToContainTextAsync("waits for you");
        assistant.Mails().ShouldBeEmpty();

        await chat.DecideAsync("Approve");
        await chat.WaitForStatusAsync("completed");

        await Expect(chat.LastText).ToContainTextAsync("The mail to ann@example.org is sent");
        await Expect(chat.Approval).ToHaveCountAsync(0);
        await Expect(chat.AllTools).ToHaveCountAsync(1);
        await Expect(chat.AllTools.Last).ToHaveAttributeAsync("data-state", "done");
        assistant.Mails().ShouldHaveSingleItem().ShouldContain("It is late today.");
        await Expect(chat.Page.GetByLabel("Message")).ToBeFocusedAsync();

        // From the messages it reads the same.
        await chat.Page.ReloadAsync();
        await chat.WaitForStatusAsync("completed");
        await Expect(chat.AllTools).ToHaveCountAsync(1);
        await Expect(chat.AllTools.Last).ToHaveAttributeAsync("data-state", "done");
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_that_is_denied_does_not_go_out_and_the_reason_is_told_also_after_a_kill_and_a_reload()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync(Mail);
        await Expect(chat.Approval).ToBeVisibleAsync();

        assistant.Kill();
        await assistant.StartAsync();
        await chat.Page.ReloadAsync();
        await chat.DecideAsync("Deny…");
        await Expect(chat.Approval.GetByLabel("Reason")).ToBeFocusedAsync();
        await chat.Approval.GetByLabel("Reason").FillAsync("it is on time again");
        await chat.DecideAsync("Deny");
        await chat.WaitForStatusAsync("completed");

        await Expect(chat.LastText).ToContainTextAsync("was not sent");
        await Expect(chat.LastText).ToContainTextAsync("Reason: it is on time again");
        await Expect(chat.AllTools.Last).ToHaveAttributeAsync("data-state", "failed");
        await Expect(chat.AllTools.Last).ToContainTextAsync("refused");
        assistant.Mails().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_is_sent_with_edited_arguments_and_those_that_do_not_fit_are_told()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync(Mail);
        await chat.DecideAsync("Edit…");
        var field = chat.Approval.GetByLabel("Arguments");
        await Expect(field).ToBeFocusedAsync();
        (await field.InputValueAsync()).ShouldContain("\"to\": \"ann@example.org\"");

        await field.FillAsync("{\"to\":");
        await chat.DecideAsync("Approve with these");
        await Expect(chat.Approval.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is not JSON");
        await field.FillAsync("""{"to":["bob@example.org"],"subject":"Ferry","text":"Late."}""");
        await chat.DecideAsync("Approve with these");
        await Expect(chat.Approval.GetByRole(AriaRole.Alert)).ToContainTextAsync("to");
        await Expect(field).ToBeEnabledAsync();
        await Expect(chat.Approval.GetByRole(AriaRole.Button, new() { Name = "Approve with these" }))
            .ToBeFocusedAsync();
        assistant.Mails().ShouldBeEmpty();

        await field.FillAsync("""{"to":"bob@example.org","subject":"Ferry","text":"Two hours late."}""");
        await chat.DecideAsync("Approve with these");
        await chat.WaitForStatusAsync("completed");

        await Expect(chat.LastText).ToContainTextAsync("The mail to bob@example.org is sent");
        var mail = assistant.Mails().ShouldHaveSingleItem();
        mail.ShouldContain("bob@example.org");
        mail.ShouldContain("Two hours late.");
        mail.ShouldNotContain("ann@example.org");
        // What the model is told of it is nothing that somebody said here.
        await Expect(chat.Page.Locator(".user")).ToHaveTextAsync([Mail]);
        // The refused arguments are an answer of the server's that the browser writes to its console.
        chat.Errors.Where(error => !error.Contains("400", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_itself_tells_the_browsers_time_zone()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address, new() { TimezoneId = "Asia/Tokyo" });

        await chat.AskAsync("What time is it here?");
        await chat.WaitForStatusAsync("completed");

        await Expect(chat.LastText).ToContainTextAsync("the time zone Asia/Tokyo");
        await Expect(chat.LastText).ToContainTextAsync("when I asked");
        await Expect(chat.AllTools.Last).ToContainTextAsync("Asia/Tokyo");
        await Expect(chat.Approval).ToHaveCountAsync(0);
        chat.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Waiting_approvals_of_all_sessions_are_on_one_page_and_are_decided_there()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var first = await browser.OpenAsync(assistant.Address);
        await first.AskAsync("Send a mail to ann@example.org saying one");
        await Expect(first.Approval).ToBeVisibleAsync();
        var second = await browser.OpenAsync(assistant.Address);
        await second.AskAsync("Send a mail to bob@example.org saying two");
        await Expect(second.Approval).ToBeVisibleAsync();

        var list = await browser.OpenAsync(new Uri(assistant.Address, "approvals.html"));
        var status = list.Page.GetByRole(AriaRole.Status);
        await Expect(status).ToHaveTextAsync("2 calls wait.");
        await Expect(list.Page.Locator("time")).ToHaveCountAsync(2);
        var ann = list.Page.Locator(".approval", new() { HasText = "ann@example.org" });
        await ann.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(status).ToHaveTextAsync("Approved. 1 call waits.");
        await Expect(list.Page.GetByRole(AriaRole.Heading, new() { Name = "Waiting approvals" })).ToBeFocusedAsync();
        await first.WaitForStatusAsync("completed");
        await Expect(first.LastText).ToContainTextAsync("The mail to ann@example.org is sent");
        await Expect(first.Approval).ToHaveCountAsync(0);

        await list.DecideAsync("Deny…");
        await list.DecideAsync("Deny");
        await Expect(status).ToHaveTextAsync("Denied. Nothing waits.");
        await second.WaitForStatusAsync("completed");
        await Expect(second.LastText).ToContainTextAsync("was not sent");
        assistant.Mails().ShouldHaveSingleItem().ShouldContain("ann@example.org");

        await second.AskAsync("Send a mail to bob@example.org saying three");
        await list
            .Page.GetByRole(AriaRole.Link, new() { Name = "Send a mail to bob@example.org saying two" })
            .ClickAsync();
        await Expect(list.Approval).ToContainTextAsync("three");
        list.Errors.ShouldBeEmpty();
        first.Errors.ShouldBeEmpty();
        second.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_window_decided_is_gone_here_and_what_a_model_asks_never_becomes_markup()
    {
        await using var assistant = await AssistantProcess.StartAsync(Fast);
        var chat = await browser.OpenAsync(assistant.Address);
        await chat.AskAsync(
            "Send a mail to ann@example.org about <b>x</b>: <img src=x onerror=\"document.title='broken'\">"
        );
        await Expect(chat.Approval).ToContainTextAsync("<img src=x");
        await Expect(chat.Approval.Locator("img, b")).ToHaveCountAsync(0);
        var other = await browser.OpenAsync(new Uri(chat.Page.Url));
        await Expect(other.Approval).ToBeVisibleAsync();

        await chat.DecideAsync("Approve");

        await Expect(other.Approval).ToHaveCountAsync(0);
        await other.WaitForStatusAsync("completed");
        await Expect(other.LastText).ToContainTextAsync("is sent");
        chat.Errors.ShouldBeEmpty();
        other.Errors.ShouldBeEmpty();
    }
}
