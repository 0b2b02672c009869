using Everturn.Testing.Crashes;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Crash.Tests;

/// <summary>
/// Remembers, whenever the process has died, which steps of an instance and of its children had a durable outcome then,
/// and which attempts had run: no further one may.
/// </summary>
internal sealed class JourneyRecords
{
    private readonly CrashHarness _harness;
    private readonly InstanceKey _instance;
    private readonly Dictionary<string, IReadOnlyDictionary<string, int>> _recorded = new(StringComparer.Ordinal);

    public JourneyRecords(CrashHarness harness, InstanceKey instance)
    {
        _harness = harness;
        _instance = instance;
        harness.AfterDeath = RememberAsync;
    }

    /// <summary>How often each attempt has run, by <c>name-count-attempt</c>.</summary>
    public IReadOnlyDictionary<string, int> Ran =>
        Hosts
            .Effects(_harness)
            .Count("end")
            .Where(effect => effect.Key.StartsWith($"{_instance.Id}/", StringComparison.Ordinal))
            .ToDictionary(effect => effect.Key[(_instance.Id.Length + 1)..], effect => effect.Value);

    /// <summary>The steps that ran again although their outcome was durable.</summary>
    public IEnumerable<string> Repeated()
    {
        var ran = Ran;
        return _recorded
            .Where(step => !Of(step.Key, ran).OrderBy(pair => pair.Key).SequenceEqual(step.Value.OrderBy(p => p.Key)))
            .Select(step => step.Key);
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        var ran = Ran;
        foreach (var step in await StoreView.ReadAsync<IWorkflowStore, List<string>>(_harness.DataDirectory, ReadAsync))
        {
            _recorded.TryAdd(step, Of(step, ran));
        }
    }

    private async Task<List<string>> ReadAsync(IWorkflowStore store)
    {
        var keys = (await store.ListAsync(new() { Limit = InstanceQuery.MaxLimit }))
            .Where(record => record.Key == _instance || record.Origin?.Parent == _instance)
            .Select(record => record.Key)
            .ToList();
        var steps = new List<string>();
        foreach (var key in keys)
        {
            var history = await store.ReadAsync(key);
            steps.AddRange(
                history!
                    .Journal.Where(record => record.Outcome != JournalOutcome.Pending)
                    .Where(record => record.Key.Kind == JournalKind.Do || record.Key.Kind == JournalKind.Rollback)
                    .Select(record =>
                        $"{(record.Key.Kind == JournalKind.Rollback ? "undo-" : "")}{record.Key.Name}-{record.Key.Ordinal}-"
                    )
            );
        }

        return steps;
    }

    private static Dictionary<string, int> Of(string step, IReadOnlyDictionary<string, int> ran) =>
        ran.Where(effect => effect.Key.StartsWith(step, StringComparison.Ordinal)).ToDictionary();
}
