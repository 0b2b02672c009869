using System.Text.RegularExpressions;

namespace Assistant.Offline;

/// <summary>Greetings, thanks, and what the assistant can do.</summary>
internal static partial class SmallTalkRule
{
    private const string Abilities = """
        I answer questions about a folder of Markdown documents: I search it, read the best page and quote it.

        - Ask something, for example *What happens when the process is killed?*
        - Ask two things at once, and I look for both in parallel.
        - Say *tell me more* to go on with the same subject.
        - Say *note that ...* to save a note, and *my notes* to see them.
        - Say *send a mail to ann@example.org saying ...*, and you are asked before it goes out.
        - Ask *what time is it here?*, and your browser tells me its time zone.

        I am the offline model: rules instead of a neural network, so that the sample runs without a key.
        """;

    public static OfflineReply? Answer(OfflineTranscript transcript, OfflineTurn turn)
    {
        var words = turn.Question;
        return Hello().IsMatch(words)
                ? OfflineReply.Say(
                    transcript.Earlier.Count == 0
                        ? "Hello! What would you like to know about the documents?"
                        : "Hello again! What else would you like to know?"
                )
            : Thanks().IsMatch(words) ? OfflineReply.Say("You are welcome.")
            : Bye().IsMatch(words) ? OfflineReply.Say("Goodbye. This session stays here for when you come back.")
            : Help().IsMatch(words) ? OfflineReply.Say(Abilities)
            : null;
    }

    [GeneratedRegex(
        @"^\s*(?:hi|hello|hey|good\s+(?:morning|day|evening))\b[\s!.,]*(?:there|assistant)?[\s!.,]*$",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex Hello();

    [GeneratedRegex(@"^\s*(?:thanks|thank\s+you|thx|great|perfect)\b[^?]{0,40}$", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\s*(?:bye|goodbye|see\s+you)\b[^?]{0,40}$", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Bye();

    [GeneratedRegex(
        @"^\s*(?:help|who\s+are\s+you|what\s+(?:are\s+you|can\s+(?:you|i)\s+(?:do|ask)))\b[^?]{0,20}\??\s*$",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex Help();
}
