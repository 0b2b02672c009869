using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host;

/// <summary>A step, a sleep, a step.</summary>
[Workflow("sleeping")]
internal sealed class SleepingWorkflow(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var before = await step.DoAsync("before", _ => effects.RunAsync($"{trigger.InstanceId}/before", "slept"));
        await step.SleepAsync("nap", TimeSpan.FromMilliseconds(trigger.Payload));
        return await step.DoAsync("after", _ => effects.RunAsync($"{trigger.InstanceId}/after", before));
    }
}

/// <summary>A step, a wait for an event, a step.</summary>
[Workflow("waiting")]
internal sealed class WaitingWorkflow(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        await step.DoAsync("before", _ => effects.RunAsync($"{trigger.InstanceId}/before", ""));
        var signed = await step.WaitForEventAsync<string>("signature", "signed");
        return await step.DoAsync("after", _ => effects.RunAsync($"{trigger.InstanceId}/after", signed.Payload));
    }
}

file static class EffectSteps
{
    public static Task<string> RunAsync(this EffectsFile effects, string key, string result)
    {
        effects.Append(key, "end");
        return Task.FromResult(result);
    }
}
