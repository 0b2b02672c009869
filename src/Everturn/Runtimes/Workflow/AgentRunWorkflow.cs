using Everturn.Loop;
using Everturn.Loop.Hooks;
using Everturn.Sessions.Storage;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Runtimes.Workflow;

/// <summary>
/// One run as a workflow instance. The engine keeps it alive and brings it back after a crash; each journaled step
/// holds a pointer, and its body asks the session store first whether the step is done.
/// </summary>
/// <param name="host">Opens the run.</param>
/// <param name="services">Services of this execution.</param>
internal sealed class AgentRunWorkflow(RunHost host, IServiceProvider services)
    : Workflow<InstanceParameters, StepPointer>
{
    // Steps fail only when the store does, or when another host took the run for a moment: both pass. A model call
    // bounds its own time, and so does each tool.
    private static readonly StepOptions Options = new()
    {
        Timeout = TimeSpan.FromDays(30),
        Retries = new()
        {
            Limit = RetryOptions.MaxLimit,
            Delay = TimeSpan.FromSeconds(1),
            Backoff = Backoff.Constant,
        },
    };

    private readonly AgentLoop _loop = services.GetRequiredService<AgentLoop>();
    private readonly EndHooks _ends = services.GetRequiredService<EndHooks>();
    private RunExecution? _execution;

    public override async Task<StepPointer> RunAsync(
        WorkflowEvent<InstanceParameters> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var expected = number;
                var pointer = await step.DoAsync("step", Options, ct => StepAsync(trigger.Payload, expected, ct))
                    .ConfigureAwait(false);
                if (pointer.Ended)
                {
                    return pointer;
                }
            }
        }
        finally
        {
            Close();
        }
    }

    private async Task<StepPointer> StepAsync(InstanceParameters run, int number, CancellationToken cancellationToken)
    {
        try
        {
            _execution ??= await host.OpenAsync(new(run.Tenant, run.SessionId), run.RunId, services, cancellationToken)
                .ConfigureAwait(false);
            if (_execution is null)
            {
                // Whoever ended the run may have died before it could tell.
                await _ends
                    .AnnounceAsync(new(run.Tenant, run.SessionId), run.RunId, cancellationToken)
                    .ConfigureAwait(false);
                return new(number, Ended: true);
            }

            if (_execution.Run.StepCount < number)
            {
                await _loop.StepAsync(_execution, cancellationToken).ConfigureAwait(false);
            }

            var ended = _execution.Run.Status.IsEnded;
            if (ended)
            {
                Close();
            }

            return new(number, ended);
        }
        catch
        {
            // Whatever happened, what is in memory may not be what is stored: the next attempt opens the run anew.
            Close();
            throw;
        }
    }

    private void Close()
    {
        if (_execution is { } execution)
        {
            _execution = null;
            host.Close(execution);
        }
    }
}
