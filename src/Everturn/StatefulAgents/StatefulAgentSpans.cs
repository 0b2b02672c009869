using System.Diagnostics;
using Everturn.Diagnostics;

namespace Everturn.StatefulAgents;

/// <summary>Spans of what stateful agents do.</summary>
internal static class StatefulAgentSpans
{
    /// <summary>What a span belongs to that is begun later, on an object's thread; nothing where nobody listens.</summary>
    public static ActivityContext Origin =>
        EverturnDiagnostics.Source.HasListeners() && Activity.Current is { } current ? current.Context : default;

    /// <summary>Begins a span below another one.</summary>
    public static Activity? Start(string name, StatefulAgentId id, ActivityKind kind, ActivityContext parent) =>
        Describe(EverturnDiagnostics.Source.StartActivity(name, kind, parent), id);

    /// <summary>Begins a span below the current one.</summary>
    public static Activity? Start(string name, StatefulAgentId id) =>
        Describe(EverturnDiagnostics.Source.StartActivity(name), id);

    /// <summary>What the span is of has failed.</summary>
    public static void Fail(Activity? span, Exception exception) =>
        span?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error, exception.Message);

    private static Activity? Describe(Activity? span, StatefulAgentId id) =>
        span?.SetTag("everturn.agent", id.Agent).SetTag("everturn.object", id.Name);
}
