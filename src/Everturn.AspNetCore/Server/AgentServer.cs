using System.Text.Json.Nodes;
using Everturn.AspNetCore.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Server;

/// <summary>
/// One way to serve agents over HTTP: chat clients, hooks and endpoints of its own (Helix Agents,
/// <c>createAgentServer</c>). Usually made of options alone; derive from it where hooks want to be methods. Register it
/// with <c>AddAgentServer</c>, and map it with <c>MapEverturn</c>.
/// </summary>
/// <param name="options">What it is made of.</param>
public class AgentServer(AgentServerOptions options)
{
    /// <summary>The name of the one that <c>MapEverturn</c> takes unless told otherwise.</summary>
    public const string DefaultName = "default";

    /// <summary>What it is made of.</summary>
    public AgentServerOptions Options { get; } = options;

    /// <summary>The name under which it is registered, and stored with its runs.</summary>
    public string Name { get; internal set; } = DefaultName;

    /// <summary>See <see cref="AgentServerHooks.BeforeStart"/>, which it calls unless overridden.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client goes away.</param>
    protected internal virtual Task<AbortResult?> BeforeStartAsync(
        BeforeStartContext context,
        CancellationToken cancellationToken
    ) => Options.Hooks.BeforeStart?.Invoke(context, cancellationToken) ?? GoOn;

    /// <summary>See <see cref="AgentServerHooks.AfterStart"/>, which it calls unless overridden.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    protected internal virtual Task AfterStartAsync(AfterStartContext context, CancellationToken cancellationToken) =>
        Options.Hooks.AfterStart?.Invoke(context, cancellationToken) ?? Task.CompletedTask;

    /// <summary>See <see cref="AgentServerHooks.BeforeResume"/>, which it calls unless overridden.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client goes away.</param>
    protected internal virtual Task<AbortResult?> BeforeResumeAsync(
        BeforeResumeContext context,
        CancellationToken cancellationToken
    ) => Options.Hooks.BeforeResume?.Invoke(context, cancellationToken) ?? GoOn;

    /// <summary>See <see cref="AgentServerHooks.AfterResume"/>, which it calls unless overridden.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    protected internal virtual Task AfterResumeAsync(AfterResumeContext context, CancellationToken cancellationToken) =>
        Options.Hooks.AfterResume?.Invoke(context, cancellationToken) ?? Task.CompletedTask;

    /// <summary>See <see cref="AgentServerHooks.BeforeRetry"/>, which it calls unless overridden.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client goes away.</param>
    protected internal virtual Task<AbortResult?> BeforeRetryAsync(
        BeforeRetryContext context,
        CancellationToken cancellationToken
    ) => Options.Hooks.BeforeRetry?.Invoke(context, cancellationToken) ?? GoOn;

    /// <summary>See <see cref="AgentServerHooks.AfterRetry"/>, which it calls unless overridden.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    protected internal virtual Task AfterRetryAsync(AfterRetryContext context, CancellationToken cancellationToken) =>
        Options.Hooks.AfterRetry?.Invoke(context, cancellationToken) ?? Task.CompletedTask;

    /// <summary>See <see cref="AgentServerHooks.OnComplete"/>, which it calls unless overridden.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Cancelled after a minute, and when the host stops.</param>
    protected internal virtual Task OnCompleteAsync(CompleteContext context, CancellationToken cancellationToken) =>
        Options.Hooks.OnComplete?.Invoke(context, cancellationToken) ?? Task.CompletedTask;

    /// <summary>See <see cref="AgentServerHooks.TransformRequest"/>, which it calls unless overridden.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client goes away.</param>
    protected internal virtual Task<StartAgentRequestV2?> TransformRequestAsync(
        TransformRequestContext context,
        CancellationToken cancellationToken
    ) =>
        Options.Hooks.TransformRequest?.Invoke(context, cancellationToken)
        ?? Task.FromResult<StartAgentRequestV2?>(null);

    /// <summary>See <see cref="AgentServerHooks.TransformResponse"/>, which it calls unless overridden.</summary>
    /// <param name="context">The answer.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    protected internal virtual Task<JsonNode?> TransformResponseAsync(
        TransformResponseContext context,
        CancellationToken cancellationToken
    ) => Options.Hooks.TransformResponse?.Invoke(context, cancellationToken) ?? Task.FromResult<JsonNode?>(null);

    /// <summary>Whether a hook may be there: what it would be told need not be looked up otherwise.</summary>
    internal bool Has(Delegate? hook) => hook is not null || GetType() != typeof(AgentServer);

    internal ILogger Logger(IServiceProvider services) =>
        Options.Logger ?? services.GetRequiredService<ILoggerFactory>().CreateLogger("Everturn.AgentServer");

    private static Task<AbortResult?> GoOn => Task.FromResult<AbortResult?>(null);
}
