using Everturn.Loop;
using Everturn.Loop.Hooks;
using Everturn.Runtimes;
using Everturn.Runtimes.Workflow;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Agents.Steps;

/// <summary>
/// Carries a run inside a workflow, step by step, each a step of the workflow (Helix Agents,
/// <c>createWorkflowRunner</c>). The engine keeps it alive and brings it back after a crash; each journaled step holds a
/// pointer, and its body asks the session store first whether the step is done. Take it from the services of the
/// workflow's scope.
/// </summary>
public sealed class AgentWorkflowRunner
{
    // Steps fail only when the store does, or when another host took the run for a moment: both pass. A model call
    // bounds its own time, and so does each tool.
    internal static readonly StepOptions Patient = new()
    {
        Timeout = TimeSpan.FromDays(30),
        Retries = new()
        {
            Limit = RetryOptions.MaxLimit,
            Delay = TimeSpan.FromSeconds(1),
            Backoff = Backoff.Constant,
        },
    };

    private readonly RunHost _host;
    private readonly AgentLoop _loop;
    private readonly EndHooks _ends;
    private readonly ISessionStore _store;
    private readonly IServiceProvider _services;

    internal AgentWorkflowRunner(IServiceProvider services)
    {
        _host = services.GetRequiredService<RunHost>();
        _loop = services.GetRequiredService<AgentLoop>();
        _ends = services.GetRequiredService<EndHooks>();
        _store = services.GetRequiredService<ISessionStore>();
        _services = services;
    }

    /// <summary>Carries the run that the workflow was started for, to its end.</summary>
    /// <param name="trigger">What started the workflow.</param>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="cancellationToken">The workflow's token.</param>
    /// <returns>How the run ended. What it said is in the session store.</returns>
    /// <exception cref="InvalidInputException">The input does not name a run.</exception>
    public Task<AgentWorkflowResult> RunAsync(
        WorkflowEvent<AgentWorkflowInput> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return RunAsync(trigger.Payload, step, cancellationToken);
    }

    /// <summary>Carries a run to its end.</summary>
    /// <param name="input">The run.</param>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="cancellationToken">The workflow's token.</param>
    /// <exception cref="InvalidInputException">The input does not name a run.</exception>
    public async Task<AgentWorkflowResult> RunAsync(
        AgentWorkflowInput input,
        WorkflowStep step,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(step);
        input.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        var carried = new CarriedRun(this, input);
        try
        {
            for (var number = 1; ; number++)
            {
                var expected = number;
                var pointer = await step.DoAsync("step", Patient, ct => carried.StepAsync(expected, ct))
                    .ConfigureAwait(false);
                if (pointer.Result is { } result)
                {
                    return result;
                }
            }
        }
        finally
        {
            carried.Close();
        }
    }

    /// <summary>The run while this execution of the workflow has it open.</summary>
    private sealed class CarriedRun(AgentWorkflowRunner runner, AgentWorkflowInput input)
    {
        private RunExecution? _execution;

        public async Task<StepPointer> StepAsync(int number, CancellationToken cancellationToken)
        {
            try
            {
                _execution ??= await runner
                    ._host.OpenAsync(input.Session, input.RunId, runner._services, cancellationToken)
                    .ConfigureAwait(false);
                if (_execution is null)
                {
                    // Whoever ended the run may have died before it could tell.
                    await runner
                        ._ends.AnnounceAsync(input.Session, input.RunId, cancellationToken)
                        .ConfigureAwait(false);
                    var ended = await runner
                        ._store.GetRunAsync(input.Session, input.RunId, cancellationToken)
                        .ConfigureAwait(false);
                    return new(number, ResultOf(ended));
                }

                if (_execution.Run.StepCount < number)
                {
                    await runner._loop.StepAsync(_execution, cancellationToken).ConfigureAwait(false);
                }

                var run = _execution.Run;
                if (!run.Status.IsEnded)
                {
                    return new(number, null);
                }

                Close();
                return new(number, ResultOf(run));
            }
            catch
            {
                // Whatever happened, what is in memory may not be what is stored: the next attempt opens the run anew.
                Close();
                throw;
            }
        }

        public void Close()
        {
            if (_execution is { } execution)
            {
                _execution = null;
                runner._host.Close(execution);
            }
        }

        // Without a record the session was deleted, and the run with it.
        private AgentWorkflowResult ResultOf(RunRecord? run) =>
            new()
            {
                SessionId = input.SessionId,
                RunId = input.RunId,
                Status = run is { Status.IsEnded: true } ? run.Status : RunStatus.Failed,
                Reason = run is null ? RunReason.SessionDeleted : run.Reason,
                StepCount = run?.StepCount ?? 0,
            };
    }
}
