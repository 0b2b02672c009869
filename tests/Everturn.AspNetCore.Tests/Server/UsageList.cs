using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.AspNetCore.Tests.Server;

/// <summary>A usage store that is a list, the same entry once.</summary>
internal sealed class UsageList : IUsageStore
{
    private readonly Lock _lock = new();
    private readonly List<UsageEntry> _entries = [];

    public IReadOnlyList<UsageEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public ValueTask RecordEntryAsync(SessionKey key, UsageEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_entries.Exists(known => known.Id == entry.Id))
            {
                _entries.Add(entry);
            }
        }
        return default;
    }

    public ValueTask<Page<UsageEntry>> GetEntriesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    ) => new(new Page<UsageEntry>(Entries, NextCursor: null));

    public ValueTask<UsageRollup> GetRollupAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        new(new UsageRollup { ModelCalls = Entries.Count });
}
