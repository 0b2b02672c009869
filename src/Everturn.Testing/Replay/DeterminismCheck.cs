using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Replay;

/// <summary>Replays an instance twice, on services of their own and at other times, and compares.</summary>
internal sealed class DeterminismCheck(WorkflowTestHost host)
{
    /// <summary>Apart by an odd time, so that the day, the hour and the minute differ.</summary>
    private static readonly TimeSpan Apart = new(400, 7, 13, 11, 17);

    public async Task<DeterminismReport> RunAsync(InstanceKey key, CancellationToken cancellationToken)
    {
        var history =
            await host.Store.ReadAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw new InstanceNotFoundException(key);
        var recorded = history
            .Journal.Where(record => record.Key.Kind != JournalKind.Rollback)
            .OrderBy(record => record.StartOrder)
            .Select(record => record.Key)
            .ToList();
        var time = host.Time.GetUtcNow();
        JournalReplay? first = null;
        for (var number = 1; number <= 2; number++)
        {
            time += Apart;
            var replay = await ReplayAsync(history, time, cancellationToken).ConfigureAwait(false);
            var difference = Compare(number, recorded, replay) ?? Compare(number, first ?? replay, replay);
            if (difference is not null)
            {
                return new DeterminismReport(recorded.Count, difference);
            }

            first = replay;
        }

        return new DeterminismReport(recorded.Count, null);
    }

    private async Task<JournalReplay> ReplayAsync(
        InstanceHistory history,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        using var aside = host.BuildAside(new VirtualTimeProvider(at));
        var registry = aside.Services.GetRequiredService<WorkflowRegistry>();
        var key = history.Record.Key;
        var replay = new JournalReplay(
            history,
            registry.Get(key.Workflow, history.Record.DefinitionVersion),
            new ReplayStepHost(host.Store, key)
        );
        try
        {
            await replay.RunAsync(aside.Services, host.Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What was asked for tells how far it came.
        }

        return replay;
    }

    /// <summary>With what is recorded: the order of the steps, and the end.</summary>
    private static ReplayDifference? Compare(int number, List<JournalKey> recorded, JournalReplay replay)
    {
        var asked = replay.Asked;
        for (var index = 0; index < Math.Max(recorded.Count, asked.Count); index++)
        {
            var was = index < recorded.Count ? recorded[index] : (JournalKey?)null;
            var now = index < asked.Count ? asked[index].Key : (JournalKey?)null;
            if (was != now && !(was is null && replay.RecordedEnd is null))
            {
                return new ReplayDifference(
                    number,
                    index + 1,
                    was?.Name ?? now?.Name,
                    was is { } before ? AskedStep.Describe(before) : replay.RecordedEnd!,
                    now is { } here ? AskedStep.Describe(here) : replay.End ?? "nothing, but waits for what is no step"
                );
            }
        }

        return replay.RecordedEnd is { } end && end != replay.End
            ? new ReplayDifference(
                number,
                recorded.Count + 1,
                null,
                end,
                replay.End ?? "nothing, but waits for what is no step"
            )
            : null;
    }

    /// <summary>With the first replay: what the steps were asked for with, which the journal does not have.</summary>
    private static ReplayDifference? Compare(int number, JournalReplay first, JournalReplay replay)
    {
        var (before, now) = (first.Asked, replay.Asked);
        for (var index = 0; index < Math.Min(before.Count, now.Count); index++)
        {
            if (before[index] != now[index])
            {
                return new ReplayDifference(
                    number,
                    index + 1,
                    now[index].Key.Name,
                    $"{before[index].Name} ({before[index].Arguments})",
                    $"{now[index].Name} ({now[index].Arguments})"
                );
            }
        }

        return null;
    }
}
