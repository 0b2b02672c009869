namespace Everturn.Workflows;

/// <summary>
/// The only door from a workflow to the world (Cloudflare Workflows, <c>WorkflowStep</c>). What a step returned is
/// remembered under its kind, its name and the number of that name's calls, and is not computed again.
/// </summary>
/// <remarks>
/// A step's callback runs at least once, off the workflow's own thread; its recorded result is used from then on. Steps
/// that are started without being awaited run in parallel. A callback must not start steps itself. Names are 1 to 256
/// characters without control characters.
/// </remarks>
public sealed class WorkflowStep
{
    private readonly IStepDriver _driver;

    internal WorkflowStep(IStepDriver driver) => _driver = driver;

    /// <summary>Runs <paramref name="callback"/> once durably, with the default options.</summary>
    /// <typeparam name="T">The result, serialized as JSON by <see cref="EverturnJson"/>, at most 1 MiB.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="callback">The effect. Its token is cancelled when the attempt times out or the instance is stopped.</param>
    /// <returns>What the callback returned, now or in an earlier execution.</returns>
    /// <exception cref="StepFailedException">Every attempt failed.</exception>
    /// <exception cref="WorkflowTimeoutException">The last attempt timed out.</exception>
    /// <exception cref="NonRetryableException">An attempt failed with it, or the result cannot be stored.</exception>
    /// <exception cref="InvalidInputException">The name or an option is not acceptable.</exception>
    public Task<T> DoAsync<T>(string name, Func<CancellationToken, Task<T>> callback) => DoAsync(name, null, callback);

    /// <summary>Runs <paramref name="callback"/> once durably.</summary>
    /// <typeparam name="T">The result, serialized as JSON by <see cref="EverturnJson"/>, at most 1 MiB.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="options">Retries, timeout, sensitivity; null for the defaults.</param>
    /// <param name="callback">The effect. Its token is cancelled when the attempt times out or the instance is stopped.</param>
    /// <returns>What the callback returned, now or in an earlier execution.</returns>
    /// <exception cref="StepFailedException">Every attempt failed.</exception>
    /// <exception cref="WorkflowTimeoutException">The last attempt timed out.</exception>
    /// <exception cref="NonRetryableException">An attempt failed with it, or the result cannot be stored.</exception>
    /// <exception cref="InvalidInputException">The name or an option is not acceptable.</exception>
    public Task<T> DoAsync<T>(string name, StepOptions? options, Func<CancellationToken, Task<T>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return DoAsync(name, options, (_, cancellationToken) => callback(cancellationToken));
    }

    /// <inheritdoc cref="DoAsync{T}(string, Func{CancellationToken, Task{T}})"/>
    public Task<T> DoAsync<T>(string name, Func<WorkflowStepContext, CancellationToken, Task<T>> callback) =>
        DoAsync(name, null, callback);

    /// <inheritdoc cref="DoAsync{T}(string, StepOptions, Func{CancellationToken, Task{T}})"/>
    public async Task<T> DoAsync<T>(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, Task<T>> callback
    )
    {
        ArgumentNullException.ThrowIfNull(callback);
        var stored = await _driver
            .RunAsync(
                name,
                options,
                async (context, cancellationToken) =>
                    StepJson.Write(name, await callback(context, cancellationToken).ConfigureAwait(false))
            )
            .ConfigureAwait(false);
        return await ReadAsync<T>(StepKind.Do, name, stored).ConfigureAwait(false);
    }

    /// <summary>Runs <paramref name="callback"/> once durably, with the default options; it has no result.</summary>
    /// <inheritdoc cref="DoAsync{T}(string, Func{CancellationToken, Task{T}})"/>
    public Task DoAsync(string name, Func<CancellationToken, Task> callback) => DoAsync(name, null, callback);

    /// <summary>Runs <paramref name="callback"/> once durably; it has no result.</summary>
    /// <inheritdoc cref="DoAsync{T}(string, StepOptions, Func{CancellationToken, Task{T}})"/>
    public Task DoAsync(string name, StepOptions? options, Func<CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return DoAsync(name, options, (_, cancellationToken) => callback(cancellationToken));
    }

    /// <inheritdoc cref="DoAsync(string, Func{CancellationToken, Task})"/>
    public Task DoAsync(string name, Func<WorkflowStepContext, CancellationToken, Task> callback) =>
        DoAsync(name, null, callback);

    /// <inheritdoc cref="DoAsync(string, StepOptions, Func{CancellationToken, Task})"/>
    public Task DoAsync(string name, StepOptions? options, Func<WorkflowStepContext, CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _driver.RunAsync(
            name,
            options,
            async (context, cancellationToken) =>
            {
                await callback(context, cancellationToken).ConfigureAwait(false);
                return default;
            }
        );
    }

    /// <summary>Waits durably. The time of waking is chosen once; a restart does not begin the wait anew.</summary>
    /// <param name="name">The sleep's name.</param>
    /// <param name="duration">0 to 365 days: a <see cref="TimeSpan"/>, a number of ms, or a text such as <c>"5 minutes"</c>.</param>
    /// <exception cref="InvalidInputException">The name or the duration is not acceptable.</exception>
    public Task SleepAsync(string name, WorkflowSleepDuration duration) => _driver.SleepAsync(name, duration.Value);

    /// <summary>Waits durably until <paramref name="time"/>.</summary>
    /// <param name="name">The sleep's name.</param>
    /// <param name="time">At most 365 days ahead.</param>
    /// <exception cref="InvalidInputException">The time was past when the sleep was first asked for.</exception>
    public Task SleepUntilAsync(string name, DateTimeOffset time) => _driver.SleepUntilAsync(name, time);

    /// <summary>
    /// Waits durably for an event of a type. Events that came earlier are kept and delivered in order; each goes to one
    /// wait, and waits of one type are served in the order in which they were asked for.
    /// </summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="name">The wait's name.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="options">How long to wait; null for 24 hours.</param>
    /// <exception cref="WorkflowTimeoutException">No event came in time.</exception>
    /// <exception cref="InvalidInputException">The name, the type or the timeout is not acceptable.</exception>
    public async Task<ReceivedEvent<T>> WaitForEventAsync<T>(
        string name,
        string type,
        WaitForEventOptions? options = null
    )
    {
        options ??= new();
        var received = await _driver
            .WaitForEventAsync(name, options.Type ?? type, options.Timeout)
            .ConfigureAwait(false);
        var payload = await ReadAsync<T>(StepKind.WaitForEvent, name, received.Payload).ConfigureAwait(false);
        return new(payload, received.Timestamp, received.Type);
    }

    /// <summary>Waits durably for an event whose type the options give, or is the wait's name.</summary>
    /// <inheritdoc cref="WaitForEventAsync{T}(string, string, WaitForEventOptions)"/>
    public Task<ReceivedEvent<T>> WaitForEventAsync<T>(string name, WaitForEventOptions? options = null) =>
        WaitForEventAsync<T>(name, name, options);

    /// <summary>
    /// Asks a person to approve something, once, and waits durably for the decision. The request is listed and answered
    /// like the approvals of agents' runs, by any process that shares the store.
    /// </summary>
    /// <typeparam name="T">The type of the arguments, written as a JSON object.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="arguments">What is asked for; approved with other arguments, they fit this type. About 960 KiB at most.</param>
    /// <param name="options">What to call it, who is asked, and for how long; null for the defaults.</param>
    /// <returns>The decision: approved, denied, or expired where nobody decided in time.</returns>
    /// <exception cref="StepFailedException">
    /// It was approved with arguments that fit the schema of <typeparamref name="T"/>, and still are none.
    /// </exception>
    /// <exception cref="WorkflowTimeoutException">Nobody decided in time, and the options say that this is an error.</exception>
    /// <exception cref="NonRetryableException">The arguments cannot be written.</exception>
    /// <exception cref="InvalidInputException">The name, the arguments or an option is not acceptable.</exception>
    public async Task<ApprovalDecision<T>> RequestApprovalAsync<T>(
        string name,
        T arguments,
        ApprovalOptions? options = null
    )
    {
        options ??= new();
        var request = new CallRequest(StepJson.Write(name, arguments))
        {
            Schema = AnswerSchema<T>.Json,
            Tool = options.Tool,
            AnswerWithin = options.AnswerWithin,
            OnExpiry = options.OnExpiry,
            UserId = options.UserId,
            Sensitive = options.Sensitive,
        };
        var outcome = await _driver.RequestAsync(StepKind.Approval, name, request).ConfigureAwait(false);
        return new()
        {
            ApprovalId = outcome.ApprovalId,
            Status = outcome.Status,
            Arguments = outcome.IsEdited
                ? ReadEdited<T>(name, Bytes(outcome.Arguments))
                : await ReadAsync<T>(StepKind.Approval, name, Bytes(outcome.Arguments)).ConfigureAwait(false),
            IsEdited = outcome.IsEdited,
            DecidedBy = outcome.DecidedBy,
            Reason = outcome.Reason,
            DecidedAt = outcome.DecidedAt,
        };
    }

    /// <summary>
    /// Asks a client to execute something, once, and waits durably for its result. The request is listed and answered like
    /// the client tools of agents' runs.
    /// </summary>
    /// <typeparam name="TArguments">The type of the arguments, written as a JSON object.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="arguments">What the client gets. About 960 KiB at most.</param>
    /// <param name="options">Which tool, whose client, and for how long; null for the defaults.</param>
    /// <returns>What the client returned.</returns>
    /// <exception cref="ClientToolFailedException">The client answered with an error, or with no <typeparamref name="TResult"/>.</exception>
    /// <exception cref="WorkflowTimeoutException">No client answered in time.</exception>
    /// <exception cref="NonRetryableException">The arguments cannot be written.</exception>
    /// <exception cref="InvalidInputException">The name, the arguments or an option is not acceptable.</exception>
    public async Task<TResult> RequestClientToolAsync<TArguments, TResult>(
        string name,
        TArguments arguments,
        ClientToolOptions? options = null
    )
    {
        options ??= new();
        var request = new CallRequest(StepJson.Write(name, arguments))
        {
            Schema = AnswerSchema<TResult>.Json,
            Tool = options.Tool,
            AnswerWithin = options.AnswerWithin,
            UserId = options.UserId,
            Sensitive = options.Sensitive,
        };
        var outcome = await _driver.RequestAsync(StepKind.ClientTool, name, request).ConfigureAwait(false);
        try
        {
            return StepJson.Read<TResult>(Bytes(outcome.Result));
        }
        catch (System.Text.Json.JsonException exception)
        {
            // It fitted the schema: what is wrong with it beyond that is the client's fault, and the same at each replay.
            throw new ClientToolFailedException(name, $"The result is no {typeof(TResult).Name}: {exception.Message}");
        }
    }

    /// <summary>
    /// Runs <paramref name="callback"/> once durably and stores the bytes that it produces. They are not bound to the
    /// 1 MiB of other results, and an attempt that fails leaves none of them.
    /// </summary>
    /// <param name="name">The step's name.</param>
    /// <param name="callback">Produces pieces of at most 16 MiB. Its token is cancelled when the attempt times out.</param>
    /// <param name="options">Retries, timeout, sensitivity; null for the defaults.</param>
    /// <returns>What the callback produced, now or in an earlier execution.</returns>
    /// <exception cref="StepFailedException">Every attempt failed.</exception>
    /// <exception cref="WorkflowTimeoutException">The last attempt timed out.</exception>
    /// <exception cref="NonRetryableException">An attempt failed with it, or a piece is too large.</exception>
    /// <exception cref="InvalidInputException">The name or an option is not acceptable.</exception>
    public Task<StepStream> StreamAsync(
        string name,
        Func<WorkflowStepContext, CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> callback,
        StepOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _driver.StreamAsync(name, options, callback);
    }

    /// <summary>Starts a child instance, once, and does not wait for it. It goes on whatever becomes of this instance.</summary>
    /// <typeparam name="TIn">The child's parameters.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="workflow">The child's workflow.</param>
    /// <param name="parameters">What the child gets as payload.</param>
    /// <param name="options">Id and retention; null for the defaults.</param>
    /// <returns>The child's id.</returns>
    /// <exception cref="StepFailedException">The workflow is not known, or the id is used.</exception>
    /// <exception cref="InvalidInputException">The name or an option is not acceptable.</exception>
    public Task<string> StartChildAsync<TIn>(
        string name,
        string workflow,
        TIn parameters,
        ChildOptions? options = null
    ) => _driver.StartChildAsync(name, workflow, StepJson.Write(name, parameters), options ?? new());

    /// <summary>Starts a child instance, once, and waits durably for its result.</summary>
    /// <typeparam name="TIn">The child's parameters.</typeparam>
    /// <typeparam name="TOut">The child's result.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="workflow">The child's workflow.</param>
    /// <param name="parameters">What the child gets as payload.</param>
    /// <param name="options">Id, retention and timeout; null for the defaults.</param>
    /// <returns>The child's output.</returns>
    /// <exception cref="ChildFailedException">It ended without a result.</exception>
    /// <exception cref="StepFailedException">It could not be started: the workflow is not known, or the id is used.</exception>
    /// <exception cref="WorkflowTimeoutException">It took longer than the timeout.</exception>
    /// <exception cref="InvalidInputException">The name or an option is not acceptable.</exception>
    public async Task<TOut> RunChildAsync<TIn, TOut>(
        string name,
        string workflow,
        TIn parameters,
        ChildOptions? options = null
    )
    {
        options ??= new();
        var id = await StartChildAsync(name, workflow, parameters, options).ConfigureAwait(false);
        var output = await _driver.ChildEndAsync(name, id, options.Timeout).ConfigureAwait(false);
        return await ReadAsync<TOut>(StepKind.ChildEnd, name, output).ConfigureAwait(false);
    }

    /// <summary>
    /// Marks a change of the workflow's code. Instances that came past this place before the change keep to the old way;
    /// the answer of an instance never changes.
    /// </summary>
    /// <param name="id">The change's name, 1 to 256 characters without control characters.</param>
    /// <returns>Whether the instance takes the new way.</returns>
    /// <exception cref="InvalidInputException">The name is not acceptable.</exception>
    public Task<bool> PatchedAsync(string id) => _driver.PatchedAsync(id);

    private static T ReadEdited<T>(string name, ReadOnlyMemory<byte> stored)
    {
        try
        {
            return StepJson.Read<T>(stored);
        }
        catch (System.Text.Json.JsonException exception)
        {
            // As for a client's result: no fault of the code.
            var message = $"The arguments that were approved are no {typeof(T).Name}: {exception.Message}";
            throw new StepFailedException(name, new(nameof(System.Text.Json.JsonException), message));
        }
    }

    private static ReadOnlyMemory<byte> Bytes(System.Text.Json.JsonElement? json) =>
        json is { } value ? System.Text.Encoding.UTF8.GetBytes(value.GetRawText()) : default;

    /// <remarks>A record that is not a <typeparamref name="T"/> is the code's fault, so that a mended code can go on with it.</remarks>
    private async Task<T> ReadAsync<T>(StepKind kind, string name, ReadOnlyMemory<byte> stored)
    {
        try
        {
            return StepJson.Read<T>(stored);
        }
        catch (System.Text.Json.JsonException exception)
        {
            await _driver
                .MismatchAsync(kind, name, $"JSON that cannot be read ({exception.Message})", typeof(T).Name)
                .ConfigureAwait(false);
            throw;
        }
    }
}
