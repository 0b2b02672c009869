using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>The session of one case of a sweep: followed by a reader, and checked when all has come to rest.</summary>
internal sealed class SweptSession(CrashHarness harness, string id)
{
    private FinishedCalls? _finished;
    private int _restarts;
    private IReadOnlyDictionary<string, int> _arrivals = new Dictionary<string, int>();

    public SessionReader Reader { get; } = new(id);

    /// <summary>How often the process died since the crash was armed, and how often each point was reached.</summary>
    public (int Deaths, IReadOnlyDictionary<string, int> Arrivals) Outcome => (harness.Restarts - _restarts, _arrivals);

    /// <summary>From here on the process is killed; what was finished before is not to run again.</summary>
    public async Task ArmAsync(CrashSettings? crash, CancellationToken cancellationToken)
    {
        _finished = new(harness, id);
        _restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
    }

    public Task ReadUntilAsync(string text, CancellationToken cancellationToken) =>
        harness.SurviveAsync(
            (process, ct) => Reader.ReadUntilAsync(process.Client, chunk => chunk.Json.Contains(text), ct),
            cancellationToken
        );

    public Task ReadToEndAsync(CancellationToken cancellationToken) =>
        harness.SurviveAsync((process, ct) => Reader.ReadToEndAsync(process.Client, ct), cancellationToken);

    /// <summary>Reads the rest, waits until nothing is under way, and lets nothing die any more.</summary>
    /// <returns>All there is of the session.</returns>
    public async Task<SessionEvidence> EndAsync(CancellationToken cancellationToken)
    {
        await ReadToEndAsync(cancellationToken);
        _arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        return await harness.SurviveAsync((process, ct) => process.Client.ReadEvidenceAsync(id, ct), cancellationToken);
    }

    /// <param name="session">What <see cref="EndAsync"/> returned.</param>
    /// <param name="calls">How many calls of tools took effect.</param>
    public void Verify(SessionEvidence session, int calls) =>
        new InvariantChecker()
            .Session(session)
            .Reader(session, Reader)
            .Effects(_finished!.Of(id), _finished.Now(id), calls)
            .Verify();
}
