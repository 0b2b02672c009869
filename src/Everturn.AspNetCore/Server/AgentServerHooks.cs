using System.Text.Json.Nodes;
using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Server;

/// <summary>
/// What an application adds to an agent server (Helix Agents, <c>ServerHooks</c>); all are optional. The order on a
/// start: transform the request, an endpoint of the application's own, before the start, guard and commit, after the
/// start, transform the response.
/// </summary>
/// <remarks>
/// A hook before or a transformation of the request that throws makes the answer 500 <c>hook_failed</c>, and nothing was
/// begun. The others are logged and do no harm.
/// </remarks>
public sealed class AgentServerHooks
{
    /// <summary>
    /// Before a run is begun. It may stop the current one, which is how a new message supersedes the old one, or answer
    /// by itself; null goes on. Not called for a request whose id has begun a run already.
    /// </summary>
    public Func<BeforeStartContext, CancellationToken, Task<AbortResult?>>? BeforeStart { get; set; }

    /// <summary>After a run was begun and before it has ended, as a rule. At most once for each run.</summary>
    public Func<AfterStartContext, CancellationToken, Task>? AfterStart { get; set; }

    /// <summary>Before a session is taken up again. May answer by itself; null goes on.</summary>
    public Func<BeforeResumeContext, CancellationToken, Task<AbortResult?>>? BeforeResume { get; set; }

    /// <summary>After a session was taken up again. At most once for each run.</summary>
    public Func<AfterResumeContext, CancellationToken, Task>? AfterResume { get; set; }

    /// <summary>Before a run is tried again. May answer by itself; null goes on.</summary>
    public Func<BeforeRetryContext, CancellationToken, Task<AbortResult?>>? BeforeRetry { get; set; }

    /// <summary>After a run was tried again. At most once for each run.</summary>
    public Func<AfterRetryContext, CancellationToken, Task>? AfterRetry { get; set; }

    /// <summary>
    /// A run completed, failed or was interrupted, whichever process it ended in; not where it was suspended. Called
    /// within a moment, and at least once: a crash between the end and the call, or during it, makes another one. One
    /// that throws is logged and not called again. It has a minute; the token is cancelled then.
    /// </summary>
    public Func<CompleteContext, CancellationToken, Task>? OnComplete { get; set; }

    /// <summary>
    /// Makes the body of a start from what a client of another kind sends; null leaves it as it is. What comes out is
    /// checked like any body.
    /// </summary>
    public Func<TransformRequestContext, CancellationToken, Task<StartAgentRequestV2?>>? TransformRequest { get; set; }

    /// <summary>Makes the answer to a start that a client of another kind expects; null leaves it as it is.</summary>
    public Func<TransformResponseContext, CancellationToken, Task<JsonNode?>>? TransformResponse { get; set; }
}
