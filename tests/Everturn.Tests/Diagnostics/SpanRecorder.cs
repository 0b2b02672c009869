using System.Collections.Concurrent;
using System.Diagnostics;
using Everturn.Diagnostics;

namespace Everturn.Tests.Diagnostics;

/// <summary>Keeps the spans of the traces that were begun with it; tests run in parallel, and listeners are global.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ActivitySource _requests = new($"Requests of {Guid.NewGuid()}");
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EverturnDiagnostics.Name || source.Name == _requests.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Request() => _requests.StartActivity("request")!;

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    /// <summary>The spans of a trace, once so many of a name have ended.</summary>
    public async Task<IReadOnlyList<Activity>> UntilAsync(ActivityTraceId trace, string name, int count = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Of(trace).Count(span => span.DisplayName == name) < count)
        {
            patience.IsCancellationRequested.ShouldBeFalse(
                $"no {name} among {string.Join(", ", Of(trace).Select(span => span.DisplayName))}"
            );
            await Task.Yield();
        }

        return Of(trace);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _requests.Dispose();
    }
}
