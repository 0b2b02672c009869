using System.Diagnostics;

namespace Everturn.Bench.Measuring;

/// <summary>How many cores a process used, over a stretch of time.</summary>
internal sealed class CpuMeter
{
    private readonly int _processId;
    private readonly TimeSpan _cpu;
    private readonly long _started = Stopwatch.GetTimestamp();

    public CpuMeter(int processId)
    {
        _processId = processId;
        _cpu = Read();
    }

    /// <summary>Cores in use on average since the meter was made.</summary>
    public double Cores => (Read() - _cpu) / Stopwatch.GetElapsedTime(_started);

    private TimeSpan Read()
    {
        using var process = Process.GetProcessById(_processId);
        return process.TotalProcessorTime;
    }
}
