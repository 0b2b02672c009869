namespace Everturn.Workflows;

/// <summary>
/// What stands behind <see cref="WorkflowStep"/>: the embedded engine, or later another one. Values are plain JSON
/// bytes, empty for "nothing". Every task completes on the instance's logical thread.
/// </summary>
internal interface IStepDriver
{
    Task<ReadOnlyMemory<byte>> RunAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, Task<ReadOnlyMemory<byte>>> callback
    );

    Task SleepAsync(string name, TimeSpan duration);

    Task SleepUntilAsync(string name, DateTimeOffset time);

    Task<ReceivedEvent<ReadOnlyMemory<byte>>> WaitForEventAsync(string name, string type, TimeSpan timeout);

    Task<StepStream> StreamAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> callback
    );

    /// <summary>Starts a child.</summary>
    /// <returns>Its id.</returns>
    Task<string> StartChildAsync(string name, string workflow, ReadOnlyMemory<byte> parameters, ChildOptions options);

    /// <summary>Waits for the end of a child that the step of this name started.</summary>
    /// <returns>Its output.</returns>
    Task<ReadOnlyMemory<byte>> ChildEndAsync(string name, string childId, TimeSpan? timeout);

    /// <summary>Asks somebody outside, and waits for what becomes of it.</summary>
    /// <param name="kind"><see cref="StepKind.Approval"/> or <see cref="StepKind.ClientTool"/>.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="request">What is asked for.</param>
    Task<CallOutcome> RequestAsync(StepKind kind, string name, CallRequest request);

    Task<bool> PatchedAsync(string id);

    /// <summary>What was recorded of a step cannot be read as what the code asked for: stops the instance.</summary>
    /// <returns>A task that never ends.</returns>
    Task MismatchAsync(StepKind kind, string name, string recorded, string asked);
}
