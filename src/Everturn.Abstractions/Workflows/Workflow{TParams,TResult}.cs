namespace Everturn.Workflows;

/// <summary>
/// A durable function. Its body may run many times, on several hosts, before the instance ends; what its steps
/// returned is remembered, so that the body always comes to the same place (Cloudflare Workflows,
/// <c>WorkflowEntrypoint</c>).
/// </summary>
/// <remarks>
/// Everything that is not repeatable belongs into a step: input and output, the clock, random numbers. Branch only on
/// the payload and on step results. While only sleeps and event waits are outstanding, the body is abandoned and later
/// run again: a <c>finally</c> or <c>using</c> around such a wait does not run at that moment, so hold nothing there.
/// </remarks>
/// <typeparam name="TParams">What an instance is created with; serialized as JSON by <see cref="EverturnJson"/>.</typeparam>
/// <typeparam name="TResult">What an instance returns; serialized as JSON by <see cref="EverturnJson"/>.</typeparam>
public abstract class Workflow<TParams, TResult> : Workflow
{
    /// <summary>The body.</summary>
    /// <param name="trigger">What started the instance; the same in every execution.</param>
    /// <param name="step">The only door to effects.</param>
    /// <param name="cancellationToken">Cancelled when this execution is to stop; the instance goes on elsewhere or was ended.</param>
    /// <returns>The instance's output.</returns>
    public abstract Task<TResult> RunAsync(
        WorkflowEvent<TParams> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    );

    internal sealed override async Task<ReadOnlyMemory<byte>> RunAsync(
        WorkflowEvent<ReadOnlyMemory<byte>> trigger,
        IStepDriver driver,
        CancellationToken cancellationToken
    )
    {
        var typed = new WorkflowEvent<TParams>(
            StepJson.Read<TParams>(trigger.Payload),
            trigger.Timestamp,
            trigger.InstanceId,
            trigger.WorkflowName
        )
        {
            Schedule = trigger.Schedule,
            DefinitionVersion = trigger.DefinitionVersion,
        };
        // On the logical thread: the end of the body belongs into the commit of its last step.
        var result = await RunAsync(typed, new WorkflowStep(driver), cancellationToken).ConfigureAwait(true);
        return StepJson.Write("result", result);
    }
}
