namespace Everturn.Testing.Crashes;

/// <summary>What must hold for the runs and the numbers of a session.</summary>
internal static class SessionRules
{
    public static IEnumerable<string> Check(SessionEvidence session)
    {
        for (var i = 0; i < session.Chunks.Count; i++)
        {
            if (session.Chunks[i].Sequence != i + 1)
            {
                yield return $"Invariant 7: chunk {i + 1} of the log has the number {session.Chunks[i].Sequence}.";
                break;
            }
        }

        if (session.Runs.DistinctBy(run => run.InstanceId, StringComparer.Ordinal).Count() != session.Runs.Count)
        {
            yield return "Invariant 3: two runs have one instance id.";
        }

        var next = 1L;
        for (var i = 0; i < session.Runs.Count; i++)
        {
            var run = session.Runs[i];
            if (run.Ordinal != i + 1)
            {
                yield return $"Invariant 4: run {i + 1} has the ordinal {run.Ordinal}.";
            }

            if (run.StartSequence != next)
            {
                yield return $"Invariant 7: run {run.Ordinal} starts at {run.StartSequence} and not at {next}.";
            }

            next = (run.EndSequence ?? session.Chunks.Count) + 1;
        }

        if (next != session.Chunks.Count + 1)
        {
            yield return $"Invariant 7: the runs end at {next - 1}, the log at {session.Chunks.Count}.";
        }
    }
}
