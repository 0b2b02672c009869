using System.Diagnostics;
using Everturn.Sessions;

namespace Everturn.Diagnostics;

/// <summary>
/// Gives each run its trace when it is accepted. The trace is stored on the run's row, so that whatever process goes on
/// with the run adds to it. All runs of a session share the trace of the session's first request, unless
/// <see cref="TelemetryOptions.TracePerRun"/> says otherwise; requests and runs in different traces are linked.
/// </summary>
/// <param name="store">Has the session's earlier runs.</param>
/// <param name="options">Which trace a run belongs to.</param>
internal sealed class RunTraces(ISessionStore store, TelemetryOptions options)
{
    /// <summary>A run is about to be committed.</summary>
    public async ValueTask<AcceptedTrace> AcceptAsync(SessionCommit commit, CancellationToken cancellationToken)
    {
        var request = Activity.Current;
        if (!EverturnDiagnostics.Source.HasListeners())
        {
            return new(null, request?.Id);
        }

        var before = await store.GetCurrentRunAsync(commit.Session, cancellationToken).ConfigureAwait(false);
        var isContinued = ActivityContext.TryParse(before?.TraceParent, null, isRemote: true, out var session);
        var joins = isContinued && !options.TracePerRun;
        var other = joins ? request?.Context ?? default : session;
        var agentType = before?.AgentType ?? commit.NewSession?.AgentType;
        var span = EverturnDiagnostics.Source.StartActivity(
            $"accept_run {agentType}",
            ActivityKind.Producer,
            joins ? session : default,
            tags: null,
            links: other == default ? null : [new(other)]
        );
        span?.SetTag(GenAiTags.AgentName, agentType)
            .SetTag(GenAiTags.Conversation, commit.Session.SessionId)
            .SetTag(GenAiTags.Run, commit.NewRun!.RunId)
            .SetTag(GenAiTags.Trigger, commit.NewRun.Trigger.Value);
        if (joins && span is not null)
        {
            request?.AddLink(new(span.Context));
        }

        return new(span, span?.Id ?? (joins ? before!.TraceParent : request?.Id));
    }
}
