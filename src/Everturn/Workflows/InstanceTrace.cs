using System.Diagnostics;
using Everturn.Diagnostics;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Spans of instances and their steps.</summary>
internal static class InstanceTrace
{
    /// <summary>A span for one execution of an instance, in the trace that the instance was created in.</summary>
    public static Activity? Start(InstanceRecord record)
    {
        var parent = ActivityContext.TryParse(record.Origin?.Trace, null, isRemote: true, out var context)
            ? context
            : default;
        return EverturnDiagnostics
            .Source.StartActivity($"workflow {record.Key.Workflow}", ActivityKind.Internal, parent)
            ?.SetTag("everturn.workflow", record.Key.Workflow)
            .SetTag("everturn.instance", record.Key.Id)
            .SetTag("everturn.claim", record.OwnerEpoch);
    }

    public static void End(Activity? activity, InstanceStatus status, InstanceError? error)
    {
        activity?.SetTag("everturn.status", status.Value);
        if (error is not null)
        {
            activity?.SetTag("error.type", error.Name).SetStatus(ActivityStatusCode.Error, error.Message);
        }
    }

    /// <summary>A span for an attempt of a step, below that of the instance.</summary>
    public static Activity? Start(StepCall call) =>
        EverturnDiagnostics
            .Source.StartActivity($"step {call.Key.Name}")
            ?.SetTag("everturn.step.kind", call.Key.Kind.Value)
            .SetTag("everturn.step.name", call.Key.Name)
            .SetTag("everturn.step.count", call.Key.Ordinal)
            .SetTag("everturn.step.attempt", call.Record.Attempt);

    public static void End(Activity? activity, Exception? failure)
    {
        if (failure is not null)
        {
            activity
                ?.SetTag("error.type", RecordedErrors.From(failure).Name)
                .SetStatus(ActivityStatusCode.Error, failure.Message);
        }
    }
}
