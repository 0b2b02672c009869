using System.Diagnostics;

namespace Everturn.Bench.Measuring;

/// <summary>The stretch of time in which turns count: after a warm-up, for so long.</summary>
internal sealed class TurnWindow(TimeSpan warmUp, TimeSpan length)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public bool IsOpen => Elapsed >= warmUp && !IsOver;

    public bool IsOver => Elapsed >= warmUp + length;

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);
}
