using System.Text.RegularExpressions;
using Assistant.Notes;

namespace Assistant.Offline;

/// <summary>"Note that ..." and "remember ..." save a note; "my notes" lists them.</summary>
internal static partial class NoteRule
{
    public static OfflineReply? Answer(OfflineTranscript transcript, OfflineTurn turn)
    {
        if (SaveWords().Match(turn.Question) is { Success: true } save)
        {
            return turn.CallsOf(NoteTools.SaveName).FirstOrDefault() is { } saved
                ? OfflineReply.Say(Saved(saved, save.Groups["what"].Value))
                : new("", [transcript.Call(0, NoteTools.SaveName, ("text", save.Groups["what"].Value))]);
        }

        if (!ListWords().IsMatch(turn.Question))
        {
            return null;
        }

        return turn.CallsOf(NoteTools.ListName).FirstOrDefault() is { } listed
            ? OfflineReply.Say(Listed(listed))
            : new("", [transcript.Call(0, NoteTools.ListName)]);
    }

    private static string Saved(OfflineCall call, string what) =>
        call.As<NotesResult>() is { } result
            ? $"Noted: *{what}*\n\n"
                + (result.Notes.Count == 1 ? "That is the first note" : $"There are {result.Notes.Count} notes now")
                + " in this session. Ask for *my notes* to see them."
            : $"The note could not be saved: {call.Result}";

    private static string Listed(OfflineCall call) =>
        call.As<NotesResult>() switch
        {
            null => $"The notes could not be read: {call.Result}",
            { Notes.Count: 0 } => "There are no notes in this session yet. Say *note that ...* to save one.",
            { } result => "Your notes in this session:\n\n"
                + string.Join('\n', result.Notes.Select((note, index) => $"{index + 1}. {note}")),
        };

    [GeneratedRegex(
        @"^\s*(?:please[\s,]+)?(?:note|remember|(?:save|make|take|add)\s+(?:a\s+|this\s+)?note|write\s+down|keep\s+in\s+mind)\b[\s:,-]*(?:that\s+|of\s+)?(?<what>\S.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        1_000
    )]
    private static partial Regex SaveWords();

    [GeneratedRegex(
        @"\b(?:my|the|your|all|list|show)\s+(?:the\s+|my\s+|all\s+)?notes\b|\bwhat\s+(?:did|have)\s+(?:you|i)\s+noted?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex ListWords();
}
