using Assistant.Browser;
using Assistant.Mail;
using Microsoft.Extensions.AI;

namespace Everturn.Assistant.Tests;

/// <summary>The offline model and calls that somebody outside answers.</summary>
public sealed class OfflineOutsideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AssistantTalk _talk;

    public OfflineOutsideTests() => _talk = new(_folder.Path);

    public void Dispose()
    {
        _talk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("send a mail to ann@example.org saying the ferry is late", "the ferry is late", "the ferry is late")]
    [InlineData(
        "Please send an e-mail to ann@example.org: The ferry is late.",
        "The ferry is late.",
        "The ferry is late."
    )]
    [InlineData("Write a mail to ann@example.org about the ferry, saying that it is late", "the ferry", "it is late")]
    [InlineData("send mail to ann@example.org about Monday: see you", "Monday", "see you")]
    public async Task A_mail_is_sent_as_it_is_asked_for(string question, string subject, string text)
    {
        var answer = await _talk.SayAsync(question);

        var call = _talk.Steps.ShouldHaveSingleItem().ShouldHaveSingleItem();
        call.Name.ShouldBe(MailTools.SendName);
        call.Arguments!["to"].ShouldBe("ann@example.org");
        call.Arguments["subject"].ShouldBe(subject);
        call.Arguments["text"].ShouldBe(text);
        answer.ShouldContain("**ann@example.org** is sent");
        Directory.GetFiles(Path.Combine(_folder.Path, "outbox")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_without_a_text_is_asked_about_and_nothing_is_called()
    {
        var answer = await _talk.SayAsync("send a mail to ann@example.org");

        answer.ShouldContain("What is the mail to say?");
        _talk.Steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_that_is_refused_is_told_with_the_reason()
    {
        _talk.Outside = static _ => "A person refused this call. Reason: not today";

        var answer = await _talk.SayAsync("send a mail to ann@example.org saying hello");

        answer.ShouldBe("The mail was not sent. A person refused this call. Reason: not today");
        _talk.Steps.Count.ShouldBe(1);
        Directory.Exists(Path.Combine(_folder.Path, "outbox")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_that_is_none_is_told()
    {
        var answer = await _talk.SayAsync("send a mail to Ann saying hello");

        answer.ShouldContain("'Ann' is not a mail address");
    }

    [Fact]
    public async Task What_a_person_changed_is_in_the_answer_and_not_a_question()
    {
        await _talk.SayAsync("send a mail to ann@example.org saying hello");
        // What the loop adds after the result of a call with edited arguments.
        var messages = _talk
            .Messages.SkipLast(1)
            .Append(new(ChatRole.User, "The person who approved send_mail changed its arguments to {\"to\":\"bob\"}."))
            .ToList();
        using var model = new global::Assistant.Offline.OfflineChatClient(TimeProvider.System, TimeSpan.Zero);

        var answer = await model.GetResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken);

        answer.Text.ShouldBe(_talk.Messages[^1].Text);
    }

    [Theory]
    [InlineData("What time is it here?")]
    [InlineData("what is my time zone?")]
    [InlineData("Which time zone am I in?")]
    public async Task The_time_is_asked_from_the_browser(string question)
    {
        _talk.Outside = static call =>
            call.Name == BrowserTools.TimeZoneName
                ? """{"timeZone":"Europe/Oslo","localTime":"2026-05-04T13:37:00+02:00"}"""
                : null;

        var answer = await _talk.SayAsync(question);

        _talk.Steps.ShouldHaveSingleItem().ShouldHaveSingleItem().Name.ShouldBe(BrowserTools.TimeZoneName);
        answer.ShouldContain("**Europe/Oslo**");
        answer.ShouldContain("13:37 on Monday, 4 May 2026");
    }

    [Theory]
    [InlineData("The page does not know.", "Your browser did not say. The page does not know.")]
    [InlineData("{\"somethingElse\":1}", "Your browser did not say. {\"somethingElse\":1}")]
    [InlineData("{\"timeZone\":\"UTC\"}", "Your browser is in the time zone **UTC**.")]
    public async Task What_a_browser_says_need_not_have_sense(string result, string expected)
    {
        _talk.Outside = _ => result;

        (await _talk.SayAsync("What time is it?")).ShouldBe(expected);
    }
}
