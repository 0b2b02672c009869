using Everturn.Agents;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;
using Everturn.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Server;

/// <summary>The state of a session's execution, read anew after each control.</summary>
internal sealed class ExecutionState : IExecutionState
{
    private readonly SessionRequest _request;
    private readonly SessionKey _key;
    private readonly IAgentExecutor? _executor;
    private AgentHandle? _handle;

    private ExecutionState(SessionRequest request, SessionKey key)
    {
        _request = request;
        _key = key;
        _executor = request.Http.RequestServices.GetService<IAgentExecutor>();
    }

    public string? SessionId => _handle?.SessionId;

    public string? RunId => _handle?.RunId;

    public bool IsExecuting => _handle?.Run.Status == RunStatus.Running;

    public ExecutionStatus Status => ExecutionStatus.Of(_handle?.Run.Status);

    public static async Task<ExecutionState> ReadAsync(SessionRequest request, SessionKey key)
    {
        var state = new ExecutionState(request, key);
        await state.ReadAsync(request.Aborted).ConfigureAwait(false);
        return state;
    }

    public AgentHandle? GetHandle() => _handle;

    public async Task<AgentHandle<TOutput>?> GetHandleAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        CancellationToken cancellationToken = default
    ) =>
        _handle is null
            ? null
            : await _executor!
                .GetHandleAsync(agent, _key.SessionId, _key.Tenant, cancellationToken)
                .ConfigureAwait(false);

    public async Task InterruptAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        if (_handle is { } handle)
        {
            await handle.InterruptAsync(reason, InterruptMode.AtOnce, cancellationToken).ConfigureAwait(false);
            await WaitForEndAsync(handle.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task AbortAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        if (_handle is { } handle)
        {
            await handle.AbortAsync(reason, cancellationToken).ConfigureAwait(false);
            await WaitForEndAsync(handle.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    // Bounded: a run whose owner does not obey, for example because its process hangs, must not hold the request.
    private async Task WaitForEndAsync(string runId, CancellationToken cancellationToken)
    {
        var timeout = _request.Server?.Options.StopTimeout ?? AgentServerOptions.DefaultStopTimeout;
        using var timer = new CancellationTokenSource(timeout, _request.Service<TimeProvider>());
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _request
                .Service<SessionStreams>()
                .WaitForRunEndAsync(_key, runId, linked.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            // Whoever asked sees that it is executing still.
        }

        await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAsync(CancellationToken cancellationToken) =>
        _handle = _executor is null
            ? null
            : await _executor.GetHandleAsync(_key, cancellationToken).ConfigureAwait(false);
}
