using Everturn.Storage;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing;

/// <content>Moving the clock, and waiting until nothing is left to do.</content>
public sealed partial class WorkflowTestHost
{
    /// <summary>
    /// Moves the clock on by <paramref name="time"/>, stopping at each time at which an instance wakes or a schedule
    /// fires, and waiting there until nothing is left to do: no callback is under way and every instance has ended or
    /// waits. For a callback that itself waits for the clock, move <see cref="Time"/>.
    /// </summary>
    /// <param name="time">Not negative.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">A callback does not return.</exception>
    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        await AdvanceToAsync(Time.GetUtcNow() + time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until nothing is left to do at this time. The clock stands still.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">A callback does not return.</exception>
    public Task SettleAsync(CancellationToken cancellationToken = default) =>
        UntilAsync(IsSettledAsync, "every instance to end or to wait", null, cancellationToken);

    /// <summary>Moves the clock until an instance has ended.</summary>
    internal async Task<InstanceSnapshot> RunToEndAsync(InstanceKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            await UntilAsync(
                    async () =>
                        await IsStuckAsync(key).ConfigureAwait(false) || await IsSettledAsync().ConfigureAwait(false),
                    "it to end or to wait",
                    key,
                    cancellationToken
                )
                .ConfigureAwait(false);
            var snapshot = await AskAsync(() => Engine.GetAsync(key, cancellationToken)).ConfigureAwait(false);
            if (snapshot.Status.IsTerminal)
            {
                return snapshot;
            }

            var due = await AskAsync(NextDueAsync).ConfigureAwait(false);
            if (snapshot.Status == InstanceStatus.Paused || due is null)
            {
                throw new InvalidOperationException(
                    $"Nothing but the test can let instance {key} go on: {await DescribeAsync(key).ConfigureAwait(false)}"
                );
            }

            await AdvanceToAsync(due.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until a condition on what is stored holds.</summary>
    internal async Task UntilAsync(
        Func<Task<bool>> condition,
        string what,
        InstanceKey? key,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            var changed = _hub.Changes.Next;
            if (await AskAsync(condition).ConfigureAwait(false))
            {
                return;
            }

            try
            {
                await changed.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"Waited in vain for {what}. {await DescribeAsync(key).ConfigureAwait(false)}",
                    exception
                );
            }
        }
    }

    /// <summary>Asks the host, or, if it crashes meanwhile, the one in its place.</summary>
    internal async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            var recovery = await RecoveredAsync().ConfigureAwait(false);
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception exception)
                when (exception is OwnershipLostException or ObjectDisposedException && recovery != Recovery()) { }
        }
    }

    private async Task AdvanceToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        while (true)
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
            var now = Time.GetUtcNow();
            if (now >= target)
            {
                return;
            }

            var due = await AskAsync(NextDueAsync).ConfigureAwait(false);
            var next = Earlier(due, await AskAsync(NextFiringAsync).ConfigureAwait(false));
            Time.Advance((next < target ? next.Value : target) - now);
        }
    }

    /// <summary>Whether nothing is left to do, told from what is stored at one moment.</summary>
    private async Task<bool> IsSettledAsync()
    {
        var recovery = Recovery();
        while (_hub.Moment is { } moment)
        {
            var isSettled = await HasNothingDueAsync().ConfigureAwait(false);
            if (_hub.Moment == moment && recovery == Recovery())
            {
                return isSettled;
            }

            recovery = await RecoveredAsync().ConfigureAwait(false);
        }

        return false;
    }

    private async Task<bool> HasNothingDueAsync()
    {
        var now = Time.GetUtcNow();
        if (await NextDueAsync().ConfigureAwait(false) <= now || await NextFiringAsync().ConfigureAwait(false) <= now)
        {
            return false;
        }

        var nodes = Services.GetRequiredService<INodeDirectory>();
        foreach (var node in await nodes.ListLiveNodesAsync().ConfigureAwait(false))
        {
            if ((await Store.ReadOwnedAsync(node).ConfigureAwait(false)).Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an instance has ended or is paused, whatever others do.</summary>
    private async Task<bool> IsStuckAsync(InstanceKey key) =>
        await Store.FindAsync(key).ConfigureAwait(false) is { } record
        && (record.Status.IsTerminal || record.Status == InstanceStatus.Paused);

    /// <summary>When the next instance wakes.</summary>
    private async Task<DateTimeOffset?> NextDueAsync() =>
        await Store.NextDueAsync(Services.GetRequiredService<WorkflowRegistry>().Claimable).ConfigureAwait(false);

    /// <summary>When the next schedule fires; past if one has yet to fire, or to be noted for the first time.</summary>
    private async Task<DateTimeOffset?> NextFiringAsync()
    {
        DateTimeOffset? next = null;
        foreach (var workflow in Services.GetRequiredService<WorkflowRegistry>().Newest)
        {
            foreach (var schedule in workflow.Definition.Schedules)
            {
                var last = await Store.LastFiringAsync(workflow.Name, schedule.Cron).ConfigureAwait(false);
                var due = last is { } at
                    ? CronSchedule.Parse(schedule.Cron, schedule.TimeZone).Next(at)
                    : DateTimeOffset.MinValue;
                next = Earlier(next, due);
            }
        }

        return next;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    /// <summary>What an instance does, for people.</summary>
    private async Task<string> DescribeAsync(InstanceKey? key)
    {
        if (key is not { } instance)
        {
            var busy = _hub.Busy();
            return busy.Count == 0 ? "No callback is under way." : $"Callbacks under way: {string.Join(", ", busy)}.";
        }

        try
        {
            var details = await AskAsync(() => Engine.DescribeAsync(instance)).ConfigureAwait(false);
            var error = details.Instance.Error is { } why ? $" ({why.Name}: {why.Message})" : "";
            var open = details
                .Steps.Where(step => step.Status is StepStatus.Waiting or StepStatus.Running)
                .Select(step => $"{step.Kind} \"{step.Name}\" #{step.Count}{For(step)}")
                .Concat(_hub.Of(instance).Running.Select(step => $"the callback of \"{step.Name}\" #{step.Ordinal}"))
                .ToList();
            return $"It is {details.Instance.Status}{error}"
                + (open.Count == 0 ? "." : $", and open are: {string.Join(", ", open)}.");
        }
        catch (InstanceNotFoundException)
        {
            return "It does not exist.";
        }
    }

    private static string For(StepSnapshot step) =>
        (step.EventType is { } type ? $" for an event \"{type}\"" : "")
        + (step.DueAt is { } due ? $" until {due:u}" : "");
}
