using System.Diagnostics;
using Everturn.Loop;
using Everturn.Sessions;

namespace Everturn.Diagnostics;

/// <summary>
/// Spans of runs and their steps. A run's span belongs to the trace that its row names, in whatever process it is
/// executed; each process that executes a part of it has a span of its own there.
/// </summary>
internal static class RunSpans
{
    /// <summary>The span of a run's execution by this process. It is current only within <see cref="Step"/>.</summary>
    public static Activity? Open(RunRecord run)
    {
        var current = Activity.Current;
        var parent = ActivityContext.TryParse(run.TraceParent, null, isRemote: true, out var stored) ? stored : default;
        var span = EverturnDiagnostics.Source.StartActivity(
            $"invoke_agent {run.AgentType}",
            ActivityKind.Internal,
            parent
        );
        if (span is null)
        {
            return null;
        }

        Activity.Current = current;
        return span.SetTag(GenAiTags.Operation, "invoke_agent")
            .SetTag(GenAiTags.AgentName, run.AgentType)
            .SetTag(GenAiTags.AgentVersion, run.DefinitionVersion)
            .SetTag(GenAiTags.Conversation, run.Session.SessionId)
            .SetTag(GenAiTags.Run, run.RunId)
            .SetTag(GenAiTags.Turn, run.Turn)
            .SetTag(GenAiTags.Trigger, run.Trigger.Value)
            .SetTag(GenAiTags.Claim, run.Owner?.OwnerEpoch);
    }

    /// <summary>This process is done with the run, which ended or goes on elsewhere.</summary>
    public static void Close(Activity? span, RunRecord run)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag(GenAiTags.Status, run.Status.Value);
        if (run.Status == RunStatus.Failed)
        {
            span.SetTag(GenAiTags.ErrorType, run.Reason).SetStatus(ActivityStatusCode.Error, run.Reason);
        }

        var current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }

    /// <summary>A step, or what is left of it.</summary>
    public static Activity? Step(RunExecution execution)
    {
        if (execution.Span is not { } run)
        {
            return null;
        }

        return EverturnDiagnostics
            .Source.StartActivity($"step {execution.Step}", ActivityKind.Internal, run.Context)
            ?.SetTag(GenAiTags.Step, execution.Step)
            .SetTag(GenAiTags.Run, execution.Run.RunId)
            .SetTag(GenAiTags.Conversation, execution.Run.Session.SessionId);
    }
}
