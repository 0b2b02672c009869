using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// A sweep over an object: its claim, its alarm before and after its own commit, and every commit of a schedule, a
/// queue and a call that writes.
/// </summary>
public sealed class DeskSweep(ITestOutputHelper output) : CrashSweep(output)
{
    internal override Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    ) => new DeskCase(harness, id).RunAsync(crash, cancellationToken);
}
