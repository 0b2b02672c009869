using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>Writes down every attempt of a step: <c>instance/name-count-attempt</c>.</summary>
internal static class Effects
{
    public static Task<T> RunAsync<T>(
        this EffectsFile effects,
        string instance,
        WorkflowStepContext step,
        T result,
        string prefix = ""
    )
    {
        effects.Append($"{instance}/{prefix}{step.Name}-{step.Count}-{step.Attempt}", "end");
        return Task.FromResult(result);
    }
}
