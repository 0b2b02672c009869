using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>
/// What a tool may know and do. A tool method gets it by having a parameter of this type; other parameters of an
/// interface type come from dependency injection, the rest from the model.
/// </summary>
public abstract class ToolContext
{
    private static readonly AsyncLocal<ToolContext?> Ambient = new();

    /// <summary>
    /// The call that this code runs in, for code that gets no parameters, such as a handler of an HTTP client; null outside
    /// of tools.
    /// </summary>
    public static ToolContext? Current
    {
        get => Ambient.Value;
        internal set => Ambient.Value = value;
    }

    /// <summary>The session.</summary>
    public abstract SessionKey Session { get; }

    /// <summary>The run.</summary>
    public abstract string RunId { get; }

    /// <summary>The agent.</summary>
    public abstract string AgentType { get; }

    /// <summary>The run's step, from 1.</summary>
    public abstract int Step { get; }

    /// <summary>The model's id of the call.</summary>
    public abstract string ToolCallId { get; }

    /// <summary>
    /// Stable across attempts, processes and takeovers. Hand it to whatever the tool calls, for example as the
    /// <c>Idempotency-Key</c> header.
    /// </summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>From 1; more where the call is repeated.</summary>
    public abstract int Attempt { get; }

    /// <summary>Whose session it is.</summary>
    public abstract string? UserId { get; }

    /// <summary>Services of the call's own scope.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Custom state as this call sees it: committed state and the call's own changes.</summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="key">The agent's state.</param>
    public abstract TState GetState<TState>(StateKey<TState> key)
        where TState : class;

    /// <summary>
    /// Stages a change of custom state. It becomes visible to others when the step commits; changes of parallel calls
    /// are merged: appended array items are all kept, and of conflicting values the last call's wins, with a warning.
    /// </summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="key">The agent's state.</param>
    /// <param name="change">Gives the new state from the current one.</param>
    public abstract void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change)
        where TState : class;

    /// <summary>Emits an event of the application's own into the session's stream.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its content.</param>
    public abstract void Emit(string name, JsonElement? data = null);

    /// <summary>Records usage of something else than tokens, for example pages of an external service.</summary>
    /// <param name="type">What is counted.</param>
    /// <param name="amount">How much.</param>
    public abstract void RecordUsage(string type, double amount);
}
