using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <summary>An instance with its journal and events, as <see cref="InMemoryWorkflowStore"/> holds it.</summary>
internal sealed class MemoryInstance(InstanceRecord record)
{
    public InstanceRecord Record { get; set; } = record;

    public Dictionary<JournalKey, JournalRecord> Journal { get; } = [];

    public List<StoredEvent> Events { get; } = [];

    public InstanceHistory ToHistory() => new(Record, [.. Journal.Values], [.. Events]);
}
