using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// Remembers, whenever the process has died, which tool calls had a durable outcome then and how often each had run:
/// that number may not grow.
/// </summary>
internal sealed class FinishedCalls
{
    private readonly CrashHarness _harness;
    private readonly IReadOnlyList<string> _sessions;
    private readonly Dictionary<string, int> _ran = new(StringComparer.Ordinal);

    public FinishedCalls(CrashHarness harness, params IReadOnlyList<string> sessions)
    {
        _harness = harness;
        _sessions = sessions;
        harness.AfterDeath = RememberAsync;
    }

    /// <summary>A session's calls, by idempotency key, as they were when the process died.</summary>
    public IReadOnlyDictionary<string, int> Of(string sessionId) => Of(sessionId, _ran);

    /// <summary>A session's calls, by idempotency key, as they are now.</summary>
    public IReadOnlyDictionary<string, int> Now(string sessionId) =>
        Of(sessionId, Hosts.Effects(_harness).Count("end"));

    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        var ran = Hosts.Effects(_harness).Count("end");
        await StoreView.ReadAsync(
            _harness.DataDirectory,
            async store =>
            {
                foreach (var session in _sessions)
                {
                    foreach (var key in await store.ReadFinishedCallsAsync(new("", session), cancellationToken))
                    {
                        var effect = $"{session}/{key}";
                        _ran.TryAdd(effect, ran.GetValueOrDefault(effect));
                    }
                }

                return true;
            }
        );
    }

    private static Dictionary<string, int> Of(string sessionId, IReadOnlyDictionary<string, int> effects) =>
        effects
            .Where(effect => effect.Key.StartsWith($"{sessionId}/", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
}
