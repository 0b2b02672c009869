namespace Everturn.Bench.Running;

/// <summary>Where a benchmark works and how large it is.</summary>
/// <param name="directory">An empty directory on a real disk.</param>
/// <param name="scale">Factor on every count and duration; 1 is what the bars are for.</param>
internal sealed class BenchContext(WorkDirectory directory, double scale)
{
    /// <summary>A new, empty directory of this name.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(directory.Path, name)).FullName;

    /// <summary>A count at this scale, at least <paramref name="least"/>.</summary>
    public int Count(int full, int least = 1) => Math.Max(least, (int)Math.Round(full * scale));

    /// <summary>A duration at this scale, at least 1 second.</summary>
    public TimeSpan Time(TimeSpan full) => TimeSpan.FromMilliseconds(Math.Max(1_000, full.TotalMilliseconds * scale));

    /// <summary>Tells the person who waits. Standard output is for the result.</summary>
    public static void Say(string text) => Console.Error.WriteLine($"  {text}");
}
