using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>Whether the journal still fits the code; patch markers.</content>
internal sealed partial class StepScheduler
{
    /// <summary>Recorded steps that the code has not asked for in this execution.</summary>
    private readonly Dictionary<JournalKey, JournalRecord> _unmet = [];

    private readonly List<JournalKey> _new = [];

    /// <summary>Why the journal does not fit the code; null while it does.</summary>
    public InstanceError? Mismatch { get; private set; }

    public Task<bool> PatchedAsync(string id) =>
        OnThread(() =>
        {
            WorkflowIdentifiers.CheckStepName(id);
            var key = new JournalKey(JournalKind.Patch, id, 1);
            if (_journal.TryGetValue(key, out var recorded))
            {
                Met(recorded);
                return Task.FromResult(true);
            }

            // An instance with steps ahead of it came past this place before the change.
            if (_unmet.Count > 0 || IsRebuilding)
            {
                return Task.FromResult(false);
            }

            var now = Now();
            var marker = new JournalRecord(key)
            {
                Outcome = JournalOutcome.Value,
                StartedAt = now,
                EndedAt = now,
                StartOrder = ++_lastStart,
            };
            _journal.Add(key, marker);
            buffer.Add(marker);
            return Task.FromResult(true);
        });

    public Task MismatchAsync(StepKind kind, string name, string recorded, string asked)
    {
        thread.Queue(
            _ => Mismatch ??= JournalMismatch.Error(JournalComparison.Describe(kind.Value, name), recorded, asked),
            null
        );
        return new TaskCompletionSource().Task;
    }

    /// <summary>The code ended; with strict replay, nothing recorded may be left over.</summary>
    public void CompareAtEnd()
    {
        if (definition.StrictReplay && _unmet.Count > 0)
        {
            Mismatch ??= JournalComparison.LeftOver(FirstUnmet(), null);
        }
    }

    private void Expect(JournalRecord record)
    {
        if (record.Key.Kind != JournalKind.Rollback)
        {
            _unmet.Add(record.Key, record);
        }
    }

    private void Met(JournalRecord record) => _unmet.Remove(record.Key);

    private void Missed(JournalKey key)
    {
        if (_unmet.Count > 0)
        {
            _new.Add(key);
        }
    }

    /// <summary>
    /// All that is recorded has been handed over: what the code asks for now is new, and what is recorded under the same
    /// name as another kind of step, but was not asked for, cannot be right.
    /// </summary>
    private void CompareJournal()
    {
        if (_new.Count == 0 || IsRebuilding)
        {
            return;
        }

        foreach (var key in _new)
        {
            var other = _unmet.Values.FirstOrDefault(record =>
                record.Key.Name == key.Name
                && record.Key.Ordinal == key.Ordinal
                && record.Key.Kind != JournalKind.Patch
                && record.Key.Kind != JournalKind.ChildEnd
            );
            if (other is not null && key.Kind != JournalKind.ChildEnd)
            {
                Mismatch ??= JournalComparison.Kind(other, key);
            }
        }

        if (definition.StrictReplay && _unmet.Count > 0)
        {
            Mismatch ??= JournalComparison.LeftOver(FirstUnmet(), _new[0]);
        }

        _new.Clear();
    }

    private JournalRecord FirstUnmet() => _unmet.Values.MinBy(record => record.StartOrder)!;
}
