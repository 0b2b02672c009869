using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>A way to one object whose class is known: any public method can be called, in the object's own turn.</summary>
/// <typeparam name="TAgent">The class.</typeparam>
public sealed class StatefulAgentHandle<TAgent> : StatefulAgentHandle
    where TAgent : StatefulAgent
{
    internal StatefulAgentHandle(IObjectGateway gateway, StatefulAgentId id, JsonElement? props = null)
        : base(gateway, id, props) { }

    /// <inheritdoc cref="StatefulAgentHandle.WithProps{T}(T)"/>
    public new StatefulAgentHandle<TAgent> WithProps<T>(T props) => new(Gateway, Id, ToJson(props));

    /// <summary>Calls into the object.</summary>
    /// <typeparam name="TResult">What the call returns; not to be the object itself or something that it goes on changing.</typeparam>
    /// <param name="call">What to do in the object's turn.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ObjectElsewhereException">Another host owns the object.</exception>
    /// <exception cref="ObjectResetException">The object was reset meanwhile.</exception>
    public Task<TResult> CallAsync<TResult>(
        Func<TAgent, Task<TResult>> call,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(call);
        return Gateway.InvokeAsync(Id, agent => call((TAgent)agent), Props, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync{TResult}(Func{TAgent, Task{TResult}}, CancellationToken)"/>
    public Task CallAsync(Func<TAgent, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Gateway.InvokeAsync(
            Id,
            async agent =>
            {
                await call((TAgent)agent).ConfigureAwait(true);
                return true;
            },
            Props,
            cancellationToken
        );
    }

    /// <inheritdoc cref="CallAsync{TResult}(Func{TAgent, Task{TResult}}, CancellationToken)"/>
    public Task<TResult> CallAsync<TResult>(Func<TAgent, TResult> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Gateway.InvokeAsync(Id, agent => Task.FromResult(call((TAgent)agent)), Props, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync{TResult}(Func{TAgent, Task{TResult}}, CancellationToken)"/>
    public Task CallAsync(Action<TAgent> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Gateway.InvokeAsync(
            Id,
            agent =>
            {
                call((TAgent)agent);
                return Task.FromResult(true);
            },
            Props,
            cancellationToken
        );
    }
}
