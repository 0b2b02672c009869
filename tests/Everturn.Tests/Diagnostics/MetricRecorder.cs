using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Everturn.Diagnostics;

namespace Everturn.Tests.Diagnostics;

/// <summary>Keeps all measurements of the meter; other tests measure at the same time.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measurement> _measurements = new();

    public MetricRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EverturnDiagnostics.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measurement> Of(string name) =>
        [.. _measurements.Where(measurement => measurement.Name == name)];

    public IReadOnlyList<Measurement> Of(string name, string tag, object value) =>
        [.. Of(name).Where(measurement => Equals(measurement.Tags.GetValueOrDefault(tag), value))];

    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse(
                string.Join(", ", _measurements.Select(measurement => measurement.Name).Distinct())
            );
            await Task.Yield();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Enqueue(new(instrument.Name, instrument.Unit, value, new Dictionary<string, object?>([.. tags])));

    internal sealed record Measurement(
        string Name,
        string? Unit,
        double Value,
        IReadOnlyDictionary<string, object?> Tags
    );
}
