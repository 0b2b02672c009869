namespace Assistant.Offline;

/// <summary>Decides what the offline model does next: the first rule that recognises the user's words answers.</summary>
internal static class OfflineAnswers
{
    private static readonly IReadOnlyList<Func<OfflineTranscript, OfflineTurn, OfflineReply?>> Rules =
    [
        NoteRule.Answer,
        MailRule.Answer,
        TimeRule.Answer,
        MemoryRule.Answer,
        SmallTalkRule.Answer,
        QuestionRule.Answer,
    ];

    /// <summary>The next reply of a turn: called again with the results of the calls it asks for.</summary>
    public static OfflineReply Next(OfflineTranscript transcript)
    {
        if (transcript.Current is not { Question.Length: > 0 } turn)
        {
            return OfflineReply.Say("Ask me something about the documents.");
        }

        return Rules.Select(rule => rule(transcript, turn)).First(reply => reply is not null)!;
    }
}
