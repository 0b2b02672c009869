using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Workflows;

/// <summary>
/// Fires schedules. The store notes each firing with its instance, so that several hosts, and hosts that come back, make
/// one instance of each.
/// </summary>
internal sealed class ScheduleWorker(
    WorkflowRegistry registry,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ScheduleWorker> logger
) : BackgroundService
{
    /// <summary>How soon a firing that failed is tried again.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private const int MaxMissed = 1_000;

    private readonly AsyncPulse _pulse = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedules = registry
            .Newest.SelectMany(workflow =>
                workflow.Definition.Schedules.Select(schedule => new Planned(workflow.Name, schedule))
            )
            .ToList();
        if (schedules.Count == 0)
        {
            return;
        }

        using var timer = time.CreateTimer(
            static pulse => ((AsyncPulse)pulse!).Set(),
            _pulse,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var planned in schedules)
            {
                await TryFireAsync(planned, stoppingToken).ConfigureAwait(false);
            }

            if (schedules.Min(planned => planned.Due) is { } due)
            {
                timer.ChangeTo(due, time);
                if (due <= time.GetUtcNow())
                {
                    // It came while the others fired.
                    _pulse.Set();
                }
            }

            try
            {
                await _pulse.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TryFireAsync(Planned planned, CancellationToken cancellationToken)
    {
        try
        {
            await FireAsync(planned, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            WorkflowLog.FiringFailed(logger, planned.Schedule.Cron, planned.Workflow, exception);
            planned.Due = time.GetUtcNow() + RetryInterval;
        }
    }

    private async Task FireAsync(Planned planned, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IWorkflowStore>();
        var now = time.GetUtcMilliseconds();
        if (planned.Last is null)
        {
            planned.Last = await store
                .LastFiringAsync(planned.Workflow, planned.Schedule.Cron, cancellationToken)
                .ConfigureAwait(false);
            planned.IsBehind = planned.Last is not null;
        }

        if (planned.Last is not { } last)
        {
            // Seen for the first time: it counts from here on.
            await NoteAsync(store, planned, now, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            foreach (var firing in Firings(planned, last, now))
            {
                await FireAsync(store, planned, firing, cancellationToken).ConfigureAwait(false);
            }
        }

        planned.IsBehind = false;
        planned.Due = planned.Cron.Next(planned.Last!.Value);
    }

    /// <summary>What is to be made up for after a time without hosts, else all that is due.</summary>
    private static List<DateTimeOffset> Firings(Planned planned, DateTimeOffset last, DateTimeOffset now)
    {
        var due = new Queue<DateTimeOffset>();
        for (var next = planned.Cron.Next(last); next <= now; next = planned.Cron.Next(next.Value))
        {
            due.Enqueue(next.Value);
            if (due.Count > MaxMissed)
            {
                due.Dequeue();
            }
        }

        if (!planned.IsBehind || due.Count == 0 || planned.Schedule.Missed == MissedFirings.All)
        {
            return [.. due];
        }

        // A host that was away for a moment only has missed nothing yet.
        var isFresh = due.Count == 1 && now - due.Peek() < RetryInterval;
        if (planned.Schedule.Missed == MissedFirings.Last || isFresh)
        {
            return [due.Last()];
        }

        planned.Last = due.Last();
        return [];
    }

    private async Task FireAsync(
        IWorkflowStore store,
        Planned planned,
        DateTimeOffset scheduled,
        CancellationToken cancellationToken
    )
    {
        var host = services.GetRequiredService<InstanceHost>();
        var firing = new ScheduleFiring(planned.Schedule.Cron, scheduled);
        var instance = host.New(
            new CreateInstance(new InstanceKey(planned.Workflow, firing.InstanceId))
            {
                ParamsJson = planned.Schedule.ParamsJson,
            },
            new InstanceOrigin { Schedule = firing }
        );
        var created = await store
            .FireAsync(new(planned.Workflow, planned.Schedule.Cron, scheduled, instance), cancellationToken)
            .ConfigureAwait(false);
        planned.Last = scheduled;
        if (created is not null)
        {
            host.NotifyCreated(created);
        }
    }

    private static async Task NoteAsync(
        IWorkflowStore store,
        Planned planned,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await store
            .FireAsync(new(planned.Workflow, planned.Schedule.Cron, now, null), cancellationToken)
            .ConfigureAwait(false);
        planned.Last = now;
    }

    private sealed class Planned(string workflow, WorkflowSchedule schedule)
    {
        public string Workflow => workflow;

        public WorkflowSchedule Schedule => schedule;

        public CronSchedule Cron { get; } = CronSchedule.Parse(schedule.Cron, schedule.TimeZone);

        /// <summary>The last time that was noted.</summary>
        public DateTimeOffset? Last { get; set; }

        /// <summary>When there is something to do next.</summary>
        public DateTimeOffset? Due { get; set; }

        /// <summary>This host was not there for what came since.</summary>
        public bool IsBehind { get; set; }
    }
}
