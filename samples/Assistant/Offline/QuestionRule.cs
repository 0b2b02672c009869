using Assistant.Documents;

namespace Assistant.Offline;

/// <summary>
/// Everything else is a question about the documents, answered in three steps: search for each part of it at once, read
/// the best page of each, quote what fits. A question without words of its own goes on with the subject before it.
/// </summary>
internal static class QuestionRule
{
    public static OfflineReply Answer(OfflineTranscript transcript, OfflineTurn turn)
    {
        var subject = Subject.Of(transcript);
        if (subject is null)
        {
            return OfflineReply.Say("Which subject do you mean? Ask me something about the documents.");
        }

        var searches = turn.CallsOf(DocumentTools.SearchName).ToList();
        if (searches.Count == 0)
        {
            return new(
                "",
                [
                    .. subject.Parts.Select(
                        (part, index) => transcript.Call(index, DocumentTools.SearchName, ("query", part))
                    ),
                ]
            );
        }

        var reads = turn.CallsOf(DocumentTools.ReadName).ToList();
        var places = Places(searches, subject);
        if (reads.Count == 0 && places.Count > 0)
        {
            return new(
                "",
                [
                    .. places.Select(
                        (place, index) =>
                            transcript.Call(
                                index,
                                DocumentTools.ReadName,
                                ("path", place.Path),
                                ("fromLine", place.Line)
                            )
                    ),
                ]
            );
        }

        return OfflineReply.Say(Quotation.Write(subject, searches, reads));
    }

    // The best section of each search that was not read for this subject before, each section once.
    private static List<SearchHit> Places(IEnumerable<OfflineCall> searches, Subject subject)
    {
        var places = new List<SearchHit>();
        foreach (var search in searches)
        {
            var hit = search
                .As<SearchResult>()
                ?.Hits.FirstOrDefault(hit =>
                    !subject.Read.Contains((hit.Path, hit.Line))
                    && !places.Any(place => place.Path == hit.Path && place.Line == hit.Line)
                );
            if (hit is not null)
            {
                places.Add(hit);
            }
        }

        return places;
    }
}
