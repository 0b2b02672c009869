using System.Text.Json;
using Everturn.Agents;
using Everturn.State;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Loop.Hooks;

/// <summary>Changes of custom state, and usage, that wait for the commit they belong to.</summary>
/// <param name="committed">The state that is stored; undefined until something was.</param>
internal sealed class StagedChanges(JsonElement committed)
{
    private readonly Lock _lock = new();
    private readonly List<JsonPatchOperation> _operations = [];
    private readonly List<UsageEntry> _usage = [];
    private readonly JsonElement _committed = committed;
    private JsonElement _state = committed;

    /// <summary>The state with the changes; undefined where nothing was ever stored or changed.</summary>
    public JsonElement State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The changes so far.</summary>
    public IReadOnlyList<JsonPatchOperation> Operations
    {
        get
        {
            lock (_lock)
            {
                return [.. _operations];
            }
        }
    }

    /// <summary>The usage so far.</summary>
    public IReadOnlyList<UsageEntry> Usage
    {
        get
        {
            lock (_lock)
            {
                return [.. _usage];
            }
        }
    }

    public TState Get<TState>(StateKey<TState> key)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_lock)
        {
            return key.Read(Current(key));
        }
    }

    public void Update<TState>(StateKey<TState> key, Func<TState, TState> change)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            // Compared as written both times: a state that mutates in place is seen as well as one that is replaced.
            var before = key.Write(key.Read(Current(key)));
            var after = key.Write(change(key.Read(before)));
            _operations.AddRange(JsonDiff.Compute(Current(key), after));
            _state = after;
        }
    }

    public void Record(UsageEntry entry)
    {
        lock (_lock)
        {
            _usage.Add(entry);
        }
    }

    /// <summary>Takes the changes of state back. What was used stays used.</summary>
    public void DropState()
    {
        lock (_lock)
        {
            _operations.Clear();
            _state = _committed;
        }
    }

    /// <summary>A copy that goes its own way.</summary>
    public StagedChanges Fork()
    {
        var fork = new StagedChanges(_committed);
        lock (_lock)
        {
            fork._operations.AddRange(_operations);
            fork._usage.AddRange(_usage);
            fork._state = _state;
        }

        return fork;
    }

    private JsonElement Current(StateKey key) => _state.ValueKind == JsonValueKind.Undefined ? key.Initial() : _state;
}
