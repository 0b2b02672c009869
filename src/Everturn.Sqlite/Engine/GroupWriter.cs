using System.Diagnostics;
using System.Runtime.InteropServices;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Sqlite.Engine;

/// <summary>Writes groups of items, each group in one transaction, on one connection. When it throws, it is used up.</summary>
internal sealed class GroupWriter(
    SqliteConnection connection,
    CommitterHooks hooks,
    CommitLimits limits,
    Func<bool> isClosing,
    ILogger log
) : IDisposable
{
    private readonly List<CommitItem> _group = [];
    private int _applied;
    private bool _committing;

    /// <summary>Collects items from <paramref name="next"/> until it has none or the group is large enough, and commits them.</summary>
    /// <exception cref="Exception">The store failed; <see cref="FailGroup"/> is due.</exception>
    public void Write(Func<CommitItem?> next)
    {
        if (next() is not { } first)
            return;
        var started = Stopwatch.GetTimestamp();
        Collect(first, next, started);
        ObserveApplied(CommitPhase.Inside);
        _committing = true;
        hooks.Fault?.Invoke(CommitFault.Commit);
        connection.Execute("COMMIT");
        hooks.Fault?.Invoke(CommitFault.Committed);
        ObserveApplied(CommitPhase.After);
        CommitInstruments.Record(started, _group.Count);
        Announce();
        Clear();
    }

    /// <summary>Tells the callers of the group in hand, of each what is known of its write.</summary>
    public void FailGroup(Exception cause)
    {
        foreach (var item in _group)
        {
            item.Fail(
                _committing && item.Refusal is null
                    ? new OutcomeUnknownException($"The store failed while it wrote {item.Kind}.", cause)
                    : new StoreUnavailableException($"The store failed before it wrote {item.Kind}.", cause)
            );
        }
        Clear();
    }

    public void Dispose() => connection.Dispose();

    private void Collect(CommitItem first, Func<CommitItem?> next, long started)
    {
        long bytes = 0;
        for (var item = first; item is not null; item = HasRoom(bytes, started) ? next() : null)
        {
            _group.Add(item);
            hooks.Observer?.Reached(item.Kind, CommitPhase.Before);
            if (_group.Count == 1)
                Begin();
            Apply(item);
            bytes += item.EstimatedBytes;
        }
    }

    private bool HasRoom(long bytes, long started) =>
        _group.Count < limits.BatchItems
        && bytes < limits.BatchBytes
        && Stopwatch.GetElapsedTime(started) < limits.BatchTime;

    private void Begin()
    {
        hooks.Fault?.Invoke(CommitFault.Begin);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                connection.Execute("BEGIN IMMEDIATE");
                connection.NoteOthersWrites();
                return;
            }
            catch (SqliteException exception) when (exception.IsBusy && MayWait(started))
            {
                // SQLite's own busy handler waits up to 100 ms between attempts and would miss the millisecond that
                // a busy process leaves to the others.
                Pause.Milliseconds(1);
            }
        }
    }

    private bool MayWait(long since) => !isClosing() && Stopwatch.GetElapsedTime(since) < limits.LockWait;

    // As long as nothing has been applied, undoing everything undoes just this item, which spares the usual lone
    // item its savepoint.
    private void Apply(CommitItem item)
    {
        var alone = _applied == 0;
        if (!alone)
            connection.Execute("SAVEPOINT item");
        try
        {
            item.Execute(connection);
            _applied++;
        }
        catch (Exception exception) when (IsFaultOfItem(exception))
        {
            item.Refusal = exception;
            // What it wrote before it failed is undone.
            connection.ForgetRows();
            if (alone)
            {
                connection.Execute("ROLLBACK");
                Begin();
                return;
            }
            connection.Execute("ROLLBACK TO item");
        }
        if (!alone)
            connection.Execute("RELEASE item");
        if (!item.LeavesReadRows)
            connection.ForgetRows();
    }

    // A transaction that SQLite has rolled back by itself is lost for the neighbours as well.
    private bool IsFaultOfItem(Exception exception) =>
        !connection.IsAutocommit && exception is not SqliteException { IsStatementError: false };

    private void ObserveApplied(CommitPhase phase)
    {
        if (hooks.Observer is not { } observer)
            return;
        foreach (var item in _group)
        {
            if (item.Refusal is null)
                observer.Reached(item.Kind, phase);
        }
    }

    // A refusal is told after the commit too: it may rest on what a neighbour wrote, which nobody may see before.
    private void Announce()
    {
        foreach (var item in CollectionsMarshal.AsSpan(_group))
        {
            if (item.Refusal is null)
                Guard(item.Durable);
        }
        if (_applied > 0 && hooks.Committed is { } committed)
            Guard(committed);
        foreach (var item in CollectionsMarshal.AsSpan(_group))
        {
            if (item.Refusal is { } refusal)
                item.Fail(refusal);
            else
                item.Acknowledge();
        }
    }

    private void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception exception)
        {
            Log.ListenerFailed(log, exception);
        }
    }

    private void Clear()
    {
        _group.Clear();
        _applied = 0;
        _committing = false;
    }
}
