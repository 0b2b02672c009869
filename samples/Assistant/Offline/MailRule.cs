using System.Text.RegularExpressions;
using Assistant.Mail;

namespace Assistant.Offline;

/// <summary>"Send a mail to ... about ... saying ..." sends one, if a person allows it.</summary>
internal static partial class MailRule
{
    private const int SubjectLength = 60;

    public static OfflineReply? Answer(OfflineTranscript transcript, OfflineTurn turn)
    {
        if (SendWords().Match(turn.Question) is not { Success: true } send)
        {
            return null;
        }

        if (turn.CallsOf(MailTools.SendName).FirstOrDefault() is { } sent)
        {
            return OfflineReply.Say(Sent(sent));
        }

        var text = send.Groups["text"].Value.Trim();
        if (text.Length == 0)
        {
            return OfflineReply.Say(
                "What is the mail to say? For example: *send a mail to ann@example.org saying the ferry is late*."
            );
        }

        var subject = send.Groups["subject"] is { Success: true, Value: var about } ? about.Trim() : FirstLine(text);
        return new(
            "",
            [
                transcript.Call(
                    0,
                    MailTools.SendName,
                    ("to", send.Groups["to"].Value.TrimEnd('.', ',', ';')),
                    ("subject", subject),
                    ("text", text)
                ),
            ]
        );
    }

    private static string Sent(OfflineCall call) =>
        call.As<MailResult>() is { } result
            ? $"The mail to **{result.To}** is sent, with the subject “{result.Subject}”. It is `{result.File}` in the outbox."
            : $"The mail was not sent. {call.Result}";

    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.Length <= SubjectLength ? line : line[..SubjectLength].TrimEnd() + "…";
    }

    [GeneratedRegex(
        @"^\s*(?:please[\s,]+)?(?:can\s+you\s+|could\s+you\s+)?(?:send|write)\s+(?:an?\s+)?(?:e-?)?mail\s+to\s+(?<to>[^\s:]+)(?:\s+about\s+(?<subject>[^\r\n:]+?))?(?:\s*:\s*|\s*,?\s+(?:saying|that\s+says|with\s+the\s+text|that)\b[\s:]*(?:that\s+)?|\s*[.!?]?\s*$)(?<text>.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        1_000
    )]
    private static partial Regex SendWords();
}
