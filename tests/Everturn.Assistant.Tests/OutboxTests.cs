using Assistant;
using Assistant.Browser;
using Assistant.Mail;
using Everturn.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Assistant.Tests;

public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_that_is_repeated_sends_one_mail_and_another_call_another()
    {
        var first = await SendAsync("call_1", "ann@example.org", "Ferry", "It is late.");
        var again = await SendAsync("call_1", "ann@example.org", "Ferry", "It is late.");
        var other = await SendAsync("call_2", "ann@example.org", "Ferry", "It is late.");

        again.ShouldBe(first);
        other.File.ShouldNotBe(first.File);
        Files().Order().ShouldBe(new[] { first.File, other.File }.Order());
        var mail = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "outbox", first.File), Token);
        mail.ShouldContain("\"to\": \"ann@example.org\"");
        mail.ShouldContain("\"text\": \"It is late.\"");
    }

    [Fact]
    public async Task A_half_written_mail_of_a_process_that_died_is_written_anew()
    {
        var whole = await SendAsync("call_1", "ann@example.org", "Ferry", "It is late.");
        var file = Path.Combine(_folder.Path, "outbox", whole.File);
        var text = await File.ReadAllTextAsync(file, Token);
        File.Delete(file);
        await File.WriteAllTextAsync(file + ".draft", text[..10] + new string('x', 1_000), Token);

        await SendAsync("call_1", "ann@example.org", "Ferry", "It is late.");

        (await File.ReadAllTextAsync(file, Token)).ShouldBe(text);
        Files().ShouldBe([whole.File]);
    }

    [Theory]
    [InlineData("ann", "Ferry", "Late", "'ann' is not a mail address")]
    [InlineData("Ann <ann@example.org>", "Ferry", "Late", "is not a mail address")]
    [InlineData("ann@example.org", "", "Late", "A subject is one line")]
    [InlineData("ann@example.org", "Ferry\r\nBcc: eve@example.org", "Late", "A subject is one line")]
    [InlineData("ann@example.org", "Ferry", " \n ", "A mail has 1 to")]
    public async Task Arguments_that_are_none_are_refused_and_nothing_is_sent(
        string to,
        string subject,
        string text,
        string says
    )
    {
        var refused = await Should.ThrowAsync<ArgumentException>(() => SendAsync("call_1", to, subject, text));

        refused.Message.ShouldContain(says);
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void Mail_needs_approval_and_is_known_by_its_key_and_the_time_zone_is_the_browsers()
    {
        var mail = AssistantAgent.Definition.Tools[MailTools.SendName];
        mail.NeedsApproval.ShouldNotBeNull();
        mail.Effect.ShouldBe(ToolEffect.Keyed);
        AssistantAgent.Definition.Tools[BrowserTools.TimeZoneName].Function.ShouldBeNull();
    }

    private Task<MailResult> SendAsync(string call, string to, string subject, string text)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var context = new FakeToolContext(call, AssistantAgent.Definition.State!.Initial(), services);
        var outbox = new Outbox(Path.Combine(_folder.Path, "outbox"));
        return MailTools.SendAsync(to, subject, text, outbox, context, Token);
    }

    private IEnumerable<string?> Files() =>
        Directory.Exists(Path.Combine(_folder.Path, "outbox"))
            ? Directory.GetFiles(Path.Combine(_folder.Path, "outbox")).Select(Path.GetFileName)
            : [];
}
