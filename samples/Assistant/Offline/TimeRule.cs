using System.Globalization;
using System.Text.RegularExpressions;
using Assistant.Browser;

namespace Assistant.Offline;

/// <summary>"What time is it here" and "my time zone" ask the user's browser.</summary>
internal static partial class TimeRule
{
    public static OfflineReply? Answer(OfflineTranscript transcript, OfflineTurn turn)
    {
        if (!TimeWords().IsMatch(turn.Question))
        {
            return null;
        }

        return turn.CallsOf(BrowserTools.TimeZoneName).FirstOrDefault() is { } asked
            ? OfflineReply.Say(Told(asked))
            : new("", [transcript.Call(0, BrowserTools.TimeZoneName)]);
    }

    private static string Told(OfflineCall call) =>
        call.As<TimeZoneResult>() switch
        {
            null or { TimeZone: null or "" } => $"Your browser did not say. {call.Result}".TrimEnd(),
            { LocalTime: { } time } result => $"Your browser is in the time zone **{result.TimeZone}**. Its clock said "
                + $"{time.ToString("HH:mm 'on' dddd, d MMMM yyyy", CultureInfo.InvariantCulture)} when I asked.",
            { } result => $"Your browser is in the time zone **{result.TimeZone}**.",
        };

    [GeneratedRegex(
        @"\bwhat(?:'s|’s|\s+is)?\s+(?:the\s+)?time\s+is\s+it\b|\bwhat(?:'s|’s|\s+is)\s+the\s+(?:current\s+)?time\b|\bmy\s+(?:current\s+|local\s+)?(?:time\s*zone|local\s+time)\b|\b(?:which|what)\s+time\s*zone\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex TimeWords();
}
