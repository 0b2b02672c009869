using System.Globalization;
using System.Text;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Replay;

/// <summary>Notes what the code asks for, before the engine's own scheduler answers from the journal.</summary>
internal sealed class RecordingDriver(IStepDriver inner, Action<AskedStep> asked) : IStepDriver
{
    private readonly Dictionary<(JournalKind Kind, string Name), int> _ordinals = [];

    public Task<ReadOnlyMemory<byte>> RunAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, Task<ReadOnlyMemory<byte>>> callback
    )
    {
        Note(JournalKind.Do, name);
        return inner.RunAsync(name, options, callback);
    }

    public Task SleepAsync(string name, TimeSpan duration)
    {
        Note(JournalKind.Sleep, name, duration.ToString("c", CultureInfo.InvariantCulture));
        return inner.SleepAsync(name, duration);
    }

    public Task SleepUntilAsync(string name, DateTimeOffset time)
    {
        Note(JournalKind.Sleep, name, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return inner.SleepUntilAsync(name, time);
    }

    public Task<ReceivedEvent<ReadOnlyMemory<byte>>> WaitForEventAsync(string name, string type, TimeSpan timeout)
    {
        Note(JournalKind.WaitForEvent, name, $"{type}, {timeout.ToString("c", CultureInfo.InvariantCulture)}");
        return inner.WaitForEventAsync(name, type, timeout);
    }

    public Task<StepStream> StreamAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> callback
    )
    {
        Note(JournalKind.Do, name);
        return inner.StreamAsync(name, options, callback);
    }

    public Task<string> StartChildAsync(
        string name,
        string workflow,
        ReadOnlyMemory<byte> parameters,
        ChildOptions options
    )
    {
        Note(JournalKind.Child, name, $"{workflow} with {Encoding.UTF8.GetString(parameters.Span)}");
        return inner.StartChildAsync(name, workflow, parameters, options);
    }

    public Task<ReadOnlyMemory<byte>> ChildEndAsync(string name, string childId, TimeSpan? timeout)
    {
        Note(JournalKind.ChildEnd, name, childId);
        return inner.ChildEndAsync(name, childId, timeout);
    }

    public Task<CallOutcome> RequestAsync(StepKind kind, string name, CallRequest request)
    {
        Note(
            new JournalKind(kind.Value),
            name,
            $"{request.Tool} with {Encoding.UTF8.GetString(request.Arguments.Span)}"
        );
        return inner.RequestAsync(kind, name, request);
    }

    /// <summary>A marker is recorded once, and only where the answer is yes.</summary>
    public async Task<bool> PatchedAsync(string id)
    {
        var isNew = await inner.PatchedAsync(id).ConfigureAwait(true);
        if (isNew && _ordinals.TryAdd((JournalKind.Patch, id), 1))
        {
            asked(new AskedStep(new JournalKey(JournalKind.Patch, id, 1), ""));
        }

        return isNew;
    }

    public Task MismatchAsync(StepKind kind, string name, string recorded, string wanted) =>
        inner.MismatchAsync(kind, name, recorded, wanted);

    private void Note(JournalKind kind, string name, string arguments = "")
    {
        int ordinal;
        lock (_ordinals)
        {
            ordinal = _ordinals[(kind, name)] = _ordinals.GetValueOrDefault((kind, name)) + 1;
        }

        asked(new AskedStep(new JournalKey(kind, name, ordinal), arguments));
    }
}
