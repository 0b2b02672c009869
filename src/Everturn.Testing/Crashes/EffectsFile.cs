namespace Everturn.Testing.Crashes;

/// <summary>
/// A file in which tools write down that they ran, outside of everything that Everturn stores. A line is on disk when
/// <see cref="Append"/> returns, so that what a killed process did can be counted.
/// </summary>
/// <param name="path">The file; created when the first line is written.</param>
public sealed class EffectsFile(string path)
{
    private readonly Lock _lock = new();

    /// <summary>Writes a line and waits until it is on disk.</summary>
    /// <param name="key">The call's idempotency key.</param>
    /// <param name="phase">What happened, for example <c>start</c> or <c>end</c>; no spaces.</param>
    public void Append(string key, string phase)
    {
        lock (_lock)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(System.Text.Encoding.UTF8.GetBytes($"{key} {phase}\n"));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>How often each key reached a phase. A line that was cut off by a crash does not count.</summary>
    /// <param name="phase">The phase.</param>
    public IReadOnlyDictionary<string, int> Count(string phase)
    {
        if (!File.Exists(path))
        {
            return new Dictionary<string, int>();
        }

        using var file = new StreamReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        );
        return file.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Where(line => line.Length == 2 && line[1] == phase)
            .GroupBy(line => line[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }
}
