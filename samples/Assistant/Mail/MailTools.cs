using System.ComponentModel;
using System.Net.Mail;
using Everturn.Agents;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.Mail;

/// <summary>The tool that sends mail. It goes to the <see cref="Outbox"/>, and only when a person allows it.</summary>
internal static class MailTools
{
    public const string SendName = "send_mail";
    private const int MaxAddress = 254;
    private const int MaxSubject = 200;
    private const int MaxText = 20_000;

    [Description("Sends a mail. A person is asked before it goes out.")]
    public static async Task<MailResult> SendAsync(
        [Description("The address to send to.")] string to,
        [Description("The subject: one line of at most 200 characters.")] string subject,
        [Description("The text, at most 20,000 characters.")] string text,
        [FromServices] Outbox outbox,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        // A person may have edited them, so they are checked here and not where the model writes them.
        if (to.Length > MaxAddress || !MailAddress.TryCreate(to, out var address) || address.Address != to)
        {
            throw new ArgumentException($"'{to}' is not a mail address.", nameof(to));
        }

        if (subject.Length is 0 or > MaxSubject || subject.Any(char.IsControl))
        {
            throw new ArgumentException($"A subject is one line of 1 to {MaxSubject} characters.", nameof(subject));
        }

        if (text.Trim().Length is 0 or > MaxText)
        {
            throw new ArgumentException($"A mail has 1 to {MaxText} characters.", nameof(text));
        }

        var file = await outbox.SendAsync(context.IdempotencyKey, new(to, subject, text), cancellationToken);
        return new(to, subject, file);
    }
}
