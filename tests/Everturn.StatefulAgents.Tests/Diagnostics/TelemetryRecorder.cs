using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Everturn.Diagnostics;

namespace Everturn.StatefulAgents.Tests.Diagnostics;

/// <summary>Keeps spans and measurements of one class of agents: listeners are global, and other tests run meanwhile.</summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private readonly string _agent;
    private readonly ActivitySource _requests = new($"Requests of {Guid.NewGuid()}");
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Name, double Value)> _measurements = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public TelemetryRecorder(string agent)
    {
        _agent = agent;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EverturnDiagnostics.Name || source.Name == _requests.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("everturn.agent"), agent))
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EverturnDiagnostics.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
    }

    public Activity Request() => _requests.StartActivity("request")!;

    public IReadOnlyList<Activity> Spans(string name) => [.. _spans.Where(span => span.OperationName == name)];

    public int Count(string metric) => _measurements.Count(measurement => measurement.Name == metric);

    public double Sum(string metric) =>
        _measurements.Where(measurement => measurement.Name == metric).Sum(measurement => measurement.Value);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
        _requests.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, tag) in tags)
        {
            if (key == "everturn.agent" && Equals(tag, _agent))
            {
                _measurements.Enqueue((instrument.Name, value));
            }
        }
    }
}
