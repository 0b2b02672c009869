using System.Runtime.InteropServices;
using System.Text.Json;
using Everturn.StatefulAgents.Dispatch;

namespace Everturn.StatefulAgents;

/// <summary>
/// An object with a name, of which there is at most one in memory: a mailbox, a database, connections, schedules
/// (Cloudflare Agents, <c>Agent</c>). Most derive from <see cref="StatefulAgent{TState}"/>.
/// </summary>
/// <remarks>
/// Its code runs in turns: one at a time, others in between only where it awaits. So its fields need no locks. What it
/// awaits must come back to it: no <c>ConfigureAwait(false)</c> in methods of the class itself. It leaves memory when it
/// is idle, and is constructed and started again by the next message; only what is stored survives. What it writes
/// between two awaits becomes durable together, and before that nothing leaves it: no reply, no message, no call of
/// another object.
/// </remarks>
public abstract class StatefulAgent
{
    private IObjectContext? _context;

    /// <summary>The instance's name.</summary>
    public string Name => Context.Id.Name;

    /// <summary>The whole id.</summary>
    public StatefulAgentId Id => Context.Id;

    /// <summary>What a class sets for itself.</summary>
    protected internal virtual AgentOptions Options { get; } = new();

    /// <summary>The clock.</summary>
    protected TimeProvider Time => Context.Time;

    /// <summary>What the router gave for the start that is under way or was last; null if nothing.</summary>
    protected JsonElement? Props => Context.Props;

    /// <summary>Values by key, transactions.</summary>
    protected IAgentStorage Storage => Context.Storage;

    /// <summary>Calls of own methods at a later time.</summary>
    protected IAgentSchedules Schedules => Context.Schedules;

    /// <summary>Calls of own methods one after the other.</summary>
    protected IAgentQueue Queue => Context.Queue;

    /// <summary>The clients that are connected.</summary>
    protected IAgentConnections Connections => Context.Connections;

    /// <summary>Cancelled when the object is reset, destroyed or shut down.</summary>
    protected CancellationToken Lifetime => Context.Lifetime;

    internal IObjectContext Context =>
        _context ?? throw new InvalidOperationException("An agent has no identity and no storage in its constructor.");

    /// <summary>
    /// Runs once before anything else, whenever the object comes into memory. When it throws, the message that woke the
    /// object fails, and the next one tries again.
    /// </summary>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected internal virtual Task OnStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A client has connected; it has been sent identity and state. Nothing of its messages comes earlier.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected internal virtual Task OnConnectAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>A message that is not part of the protocol.</summary>
    /// <param name="connection">The sender.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected internal virtual Task OnMessageAsync(
        Connection connection,
        ConnectionMessage message,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>A connection has ended.</summary>
    /// <param name="connection">The connection; nothing can be sent any more.</param>
    /// <param name="close">How it ended.</param>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected internal virtual Task OnCloseAsync(
        Connection connection,
        CloseInfo close,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>
    /// Something threw where nobody waits for it: a message, a hook, a schedule, the queue. It has been logged.
    /// </summary>
    /// <param name="connection">The connection concerned; null if none is.</param>
    /// <param name="error">What was thrown.</param>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected internal virtual Task OnErrorAsync(
        Connection? connection,
        Exception error,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>An HTTP request. Default: 404, <c>Not implemented</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected internal virtual Task<AgentResponse> OnRequestAsync(
        AgentRequest request,
        CancellationToken cancellationToken
    ) => Task.FromResult(AgentResponse.Text("Not implemented", 404));

    /// <summary>Whether a new connection gets identity and state frames, now and later. Default true.</summary>
    /// <param name="connection">The connection; nothing was sent to it yet.</param>
    protected internal virtual bool ShouldSendProtocolMessages(Connection connection) => true;

    /// <summary>Whether a new connection is read-only. Default false.</summary>
    /// <param name="connection">The connection; nothing was sent to it yet.</param>
    protected internal virtual bool ShouldConnectionBeReadOnly(Connection connection) => false;

    /// <summary>Tags of a new connection besides its id. Default none.</summary>
    /// <param name="request">The request that opens it.</param>
    protected internal virtual IEnumerable<string> GetConnectionTags(AgentRequest request) => [];

    /// <summary>Runs a statement; what stands in braces becomes a bound parameter.</summary>
    /// <param name="query">The statement, as an interpolated string.</param>
    /// <exception cref="SqlQueryException">SQLite refused it; it changed nothing.</exception>
    protected SqlRows Sql(SqlQuery query) => Context.Sql(query.Text, CollectionsMarshal.AsSpan(query.Parameters));

    /// <summary>Keeps the object in memory until the result is disposed; after a crash it is woken again.</summary>
    protected IDisposable KeepAlive() => Context.KeepAlive();

    /// <summary>Keeps the object in memory while something runs.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="work">What runs.</param>
    protected async Task<TResult> KeepAliveWhileAsync<TResult>(Func<Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var _ = Context.KeepAlive();
        return await work().ConfigureAwait(true);
    }

    /// <summary>Tries something until it succeeds, with growing random waits in between.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="attempt">What to try; gets the number of the attempt, from 1.</param>
    /// <param name="options">How often and when; null for the agent's own.</param>
    /// <param name="shouldRetry">
    /// Whether to go on after an error, with the number of the attempt that would follow; null for always.
    /// </param>
    /// <exception cref="InvalidInputException">An option is not acceptable; nothing was tried.</exception>
    protected Task<TResult> RetryAsync<TResult>(
        Func<int, CancellationToken, Task<TResult>> attempt,
        AgentRetryOptions? options = null,
        Func<Exception, int, bool>? shouldRetry = null
    )
    {
        ArgumentNullException.ThrowIfNull(attempt);
        options?.Check();
        var merged = (options ?? new()).Over(Options.RetryDefaults);
        merged.Check();
        return AgentRetry.RunAsync(merged, Time, attempt, shouldRetry, onRetry: null, Lifetime);
    }

    /// <summary>
    /// Runs <paramref name="section"/> with nothing else in between, not even where it awaits. At most 64 deep and 30
    /// seconds. When it throws, the object is reset (Durable Objects, <c>blockConcurrencyWhile</c>).
    /// </summary>
    /// <param name="section">What to run.</param>
    protected Task BlockConcurrencyAsync(Func<Task> section) => Context.BlockConcurrencyAsync(section);

    /// <summary>
    /// Removes everything that is stored, closes the connections and ends this stay in memory. Called from inside a
    /// turn, it happens when the turn has ended.
    /// </summary>
    public Task DestroyAsync() => Context.DestroyAsync();

    /// <summary>Throws the object out of memory. What is not committed is undone.</summary>
    /// <param name="reason">Why; callers are told.</param>
    protected void Abort(string reason) => Context.Abort(reason);

    /// <summary>The methods that clients may call, by name.</summary>
    public IReadOnlyDictionary<string, AgentMethod> CallableMethods =>
        Context.Module.Methods.Where(method => method.IsCallable).ToDictionary(method => method.Name);

    internal void Attach(IObjectContext context) => _context = context;

    /// <summary>State as JSON to be sent to a new connection; null if there is none.</summary>
    internal virtual ReadOnlyMemory<byte>? StateForClients(Connection? connecting) => null;

    /// <summary>What was written since the state was read last has been undone.</summary>
    internal virtual void ForgetState() { }

    /// <summary>A client's state frame.</summary>
    internal virtual void SetStateFromClient(JsonElement state, Connection connection) =>
        throw new InvalidInputException("state", "This agent has no state.");
}
