using Everturn.Testing.Introspection;
using Everturn.Testing.Replay;
using Everturn.Workflows;

namespace Everturn.Testing;

/// <content>Crashes at every position.</content>
public sealed partial class WorkflowTestHost
{
    /// <summary>
    /// Runs an instance to its end once undisturbed, and then again for each write to its journal with a host that dies
    /// right before it, and one that dies right after it. Each run has a host, stores and a clock of its own, with this
    /// host's configuration; services that were added as instances are the same in all runs.
    /// </summary>
    /// <typeparam name="TIn">The workflow's parameters.</typeparam>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="parameters">What it gets as payload.</param>
    /// <param name="modify">Changes what becomes of its steps in each run, such as events it waits for; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">It waits for something that time does not bring, or the stores are not in memory.</exception>
    /// <exception cref="TimeoutException">A callback does not return.</exception>
    public async Task<CrashSweep> SweepCrashesAsync<TIn>(
        string workflow,
        TIn parameters,
        Action<InstanceModifier>? modify = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckMortal();
        var start = Time.GetUtcNow();
        var undisturbed = await RunAsideAsync(start, workflow, parameters, modify, null, cancellationToken)
            .ConfigureAwait(false);
        var runs = new List<CrashedRun>();
        for (var position = 1; position <= undisturbed.Writes; position++)
        {
            foreach (var moment in (CrashMoment[])[CrashMoment.BeforeWrite, CrashMoment.AfterWrite])
            {
                var run = await RunAsideAsync(
                        start,
                        workflow,
                        parameters,
                        modify,
                        (position, moment),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                // Outcomes of parallel steps share writes as it happens, so that a run may have fewer of them.
                if (run.Crashes > 0)
                {
                    runs.Add(new CrashedRun(position, moment, run.Details));
                }
            }
        }

        return new CrashSweep(undisturbed.Details, runs);
    }

    private async Task<(InstanceDetails Details, int Crashes, int Writes)> RunAsideAsync<TIn>(
        DateTimeOffset start,
        string workflow,
        TIn parameters,
        Action<InstanceModifier>? modify,
        (int Position, CrashMoment Moment)? crash,
        CancellationToken cancellationToken
    )
    {
        var host = await StartAsideAsync(start, cancellationToken).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            var instance = await host.IntrospectAsync(workflow, "sweep", modify, cancellationToken)
                .ConfigureAwait(false);
            if (crash is var (position, moment))
            {
                await instance
                    .ModifyAsync(change => change.CrashAt(position, moment), cancellationToken)
                    .ConfigureAwait(false);
            }

            var client = host.Client<TIn, object?>(workflow);
            await client
                .CreateAsync(parameters, instance.Id, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            await instance.RunToEndAsync(cancellationToken).ConfigureAwait(false);
            var details = await instance.DescribeAsync(cancellationToken).ConfigureAwait(false);
            return (details, instance.Crashes, instance.JournalWrites);
        }
    }
}
