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
}
