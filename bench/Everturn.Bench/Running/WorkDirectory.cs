namespace Everturn.Bench.Running;

/// <summary>A directory for one benchmark's data, removed afterwards.</summary>
internal sealed class WorkDirectory : IDisposable
{
    /// <param name="parent">
    /// Where; null for the build's artifacts, which are on the repository's disk. Not below the program itself: ASP.NET
    /// Core watches its content root for changed settings, and would be told of every write.
    /// </param>
    /// <exception cref="InvalidInputException">It is in memory, where a sync costs nothing and proves nothing.</exception>
    public WorkDirectory(string? parent)
    {
        var within = System.IO.Path.GetFullPath(
            parent ?? System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "bench-data")
        );
        Path = System.IO.Path.Combine(within, $"everturn-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(Path);
        FileSystem = new DriveInfo(Path).DriveFormat;
        if (FileSystem is "tmpfs" or "ramfs")
        {
            Dispose();
            throw new InvalidInputException("--directory", $"{within} is on {FileSystem}; name one on a real disk.");
        }
    }

    public string Path { get; }

    public string FileSystem { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
