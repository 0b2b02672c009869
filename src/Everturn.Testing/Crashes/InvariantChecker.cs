namespace Everturn.Testing.Crashes;

/// <summary>
/// Says whether a session came through its crashes whole. Numbers are those of the design's list of invariants. All
/// checks add up; <see cref="Verify"/> throws if any found something.
/// </summary>
public sealed class InvariantChecker
{
    private readonly List<string> _violations = [];

    /// <summary>What did not hold so far, a line each.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>
    /// Checks the session by itself: numbers from 1 without gap, runs that share them out, a transcript that a model
    /// can take, and a stream that says the same as the transcript.
    /// </summary>
    /// <param name="session">What it left.</param>
    public InvariantChecker Session(SessionEvidence session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Add(SessionRules.Check(session))
            .Add(TranscriptRules.Check(session.Messages))
            .Add(StreamRules.Check(session));
    }

    /// <summary>Checks that every request that was accepted became one run, and that all of them completed.</summary>
    /// <param name="session">What it left.</param>
    /// <param name="requests">How many were accepted.</param>
    public InvariantChecker Completed(SessionEvidence session, int requests)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Add(
                session.Runs.Count == requests,
                $"Invariant 4: {requests} requests became {session.Runs.Count} runs."
            )
            .Add(
                session
                    .Runs.Where(run => run.Status != "completed")
                    .Select(run => $"Run {run.Ordinal} is {run.Status}: {run.Error}")
            );
    }

    /// <summary>
    /// Checks that what a reader got, over however many connections, is what the log holds now, byte for byte, and
    /// that nothing is missing at its end.
    /// </summary>
    /// <param name="session">What it left.</param>
    /// <param name="reader">A reader that has come to the end.</param>
    public InvariantChecker Reader(SessionEvidence session, SessionReader reader)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(reader);
        var stored = session.Chunks.ToDictionary(chunk => chunk.Sequence, chunk => chunk.Json);
        return Add(
                reader
                    .Received.Where(chunk => stored.GetValueOrDefault(chunk.Sequence) != chunk.Json)
                    .Select(chunk =>
                        $"Invariant 10: a reader got {chunk}, the log has {stored.GetValueOrDefault(chunk.Sequence)}."
                    )
            )
            .Add(
                reader.Cursor == session.Chunks.Count,
                $"Invariant 8: a reader ended at {reader.Cursor}, the log ends at {session.Chunks.Count}."
            );
    }

    /// <summary>
    /// Checks that no call ran again after its outcome was durable, and that every call kept its key.
    /// </summary>
    /// <param name="atDeath">How often each finished call had run when the program died.</param>
    /// <param name="atEnd">How often each call has run in the end.</param>
    /// <param name="calls">How many calls the transcript has.</param>
    public InvariantChecker Effects(
        IReadOnlyDictionary<string, int> atDeath,
        IReadOnlyDictionary<string, int> atEnd,
        int calls
    )
    {
        ArgumentNullException.ThrowIfNull(atDeath);
        ArgumentNullException.ThrowIfNull(atEnd);
        return Add(
                atDeath
                    .Where(call => atEnd.GetValueOrDefault(call.Key) != call.Value)
                    .Select(call =>
                        $"Invariant 5: finished call {call.Key} had run {call.Value} times and now {atEnd.GetValueOrDefault(call.Key)}."
                    )
            )
            .Add(atEnd.Count == calls, $"Invariant 5: {calls} calls ran under {atEnd.Count} keys.");
    }

    /// <summary>Adds violations that were found elsewhere.</summary>
    /// <param name="violations">A line each.</param>
    public InvariantChecker Add(IEnumerable<string> violations)
    {
        _violations.AddRange(violations);
        return this;
    }

    /// <summary>Throws if anything did not hold.</summary>
    /// <exception cref="InvariantViolationException">Something did not hold.</exception>
    public void Verify()
    {
        if (_violations.Count > 0)
        {
            throw new InvariantViolationException([.. _violations]);
        }
    }

    private InvariantChecker Add(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }

        return this;
    }
}
