using Everturn.Diagnostics;
using Everturn.Loop;
using Everturn.Loop.Hooks;
using Everturn.Runtimes;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.Agents.Steps;

/// <summary>
/// Begins and finds runs that a workflow of the application's own carries, put together by hand from its parts (Helix
/// Agents, <c>CloudflareAgentExecutor</c>). Agents that were added with AddAgent need none: theirs comes from the
/// container as <see cref="IAgentExecutor"/>.
/// </summary>
public sealed class WorkflowAgentExecutor : IAgentExecutor
{
    private readonly AgentExecutor _inner;

    /// <summary>An executor.</summary>
    /// <param name="options">Its parts.</param>
    /// <exception cref="InvalidInputException">The workflow's name breaks the rules.</exception>
    public WorkflowAgentExecutor(WorkflowAgentExecutorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        WorkflowIdentifiers.CheckWorkflowName(options.WorkflowName, "workflowName");
        var runtime = new BoundWorkflow(options.Engine, options.WorkflowName);
        var acceptance = new RunAcceptance(options.Store, AgentRuntimeSelector.Always(runtime), Traces(options));
        var agents = new RunAgents(options.Agents, options.Store, options.Services);
        _inner = new(
            options.Store,
            options.Streams,
            new RunStarter(options.Store, agents, acceptance, options.Time),
            new RunContinuer(options.Store, agents, acceptance, options.Time),
            new RunControl(options.Store, options.Agents, Hooks(options), options.Time)
        );
    }

    /// <inheritdoc />
    public Task<AgentHandle<TOutput>> ExecuteAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _inner.ExecuteAsync(agent, input, options, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle> ExecuteAsync(
        string agentType,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _inner.ExecuteAsync(agentType, input, options, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle<TOutput>?> GetHandleAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        string sessionId,
        string tenant = "",
        CancellationToken cancellationToken = default
    ) => _inner.GetHandleAsync(agent, sessionId, tenant, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle?> GetHandleAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        _inner.GetHandleAsync(key, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle?> GetHandleAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => _inner.GetHandleAsync(key, runId, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle<TOutput>> ResumeAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _inner.ResumeAsync(agent, key, options, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle> ResumeAsync(
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _inner.ResumeAsync(key, options, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle<TOutput>> RetryAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _inner.RetryAsync(agent, key, options, cancellationToken);

    /// <inheritdoc />
    public Task<AgentHandle> RetryAsync(
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _inner.RetryAsync(key, options, cancellationToken);

    /// <inheritdoc />
    public Task<RunRecord?> InterruptAsync(
        SessionKey key,
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    ) => _inner.InterruptAsync(key, reason, mode, cancellationToken);

    /// <inheritdoc />
    public Task<RunRecord?> AbortAsync(
        SessionKey key,
        string? reason = null,
        CancellationToken cancellationToken = default
    ) => _inner.AbortAsync(key, reason, cancellationToken);

    /// <inheritdoc />
    public Task<ResumeCheck> CanResumeAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        _inner.CanResumeAsync(key, cancellationToken);

    private static RunTraces Traces(WorkflowAgentExecutorOptions options) =>
        new(options.Store, options.Services.GetService<TelemetryOptions>() ?? new());

    // For runs that nobody executes when they are stopped; the others end where they are executed.
    private static EndHooks Hooks(WorkflowAgentExecutorOptions options) =>
        new(
            new(
                options.Services.GetServices<AgentHooks>(),
                options.Services.GetService<LoopOptions>() ?? new(),
                options.Time,
                options.Services.GetService<ILogger<HookRunner>>() ?? NullLogger<HookRunner>.Instance
            ),
            options.Store,
            options.Agents,
            options.Services,
            options.Services.GetRequiredService<IServiceScopeFactory>()
        );
}
