namespace Everturn.Sqlite.Engine;

/// <summary>
/// Judges by this process's own monotonic clock for how long another node's counter has stood still. Clocks of two
/// processes are never compared.
/// </summary>
/// <param name="lease">Silence beyond this is death.</param>
/// <param name="time">The clock.</param>
internal sealed class SilenceDetector(TimeSpan lease, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Beat, long Since)> _seen = [];

    /// <summary>Takes note of a counter.</summary>
    /// <returns>True when it has not changed for longer than the lease.</returns>
    public bool IsSilent(string nodeId, long beat)
    {
        lock (_gate)
        {
            if (_seen.TryGetValue(nodeId, out var seen) && seen.Beat == beat)
                return time.GetElapsedTime(seen.Since) > lease;
            _seen[nodeId] = (beat, time.GetTimestamp());
            return false;
        }
    }

    public void Forget(string nodeId)
    {
        lock (_gate)
            _seen.Remove(nodeId);
    }
}
