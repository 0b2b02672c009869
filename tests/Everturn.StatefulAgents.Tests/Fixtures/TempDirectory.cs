namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>A directory for one test, removed with it.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("everturn-objects-").FullName;

    /// <summary>Files of objects.</summary>
    public string[] ObjectFiles =>
        Directory.GetFiles(System.IO.Path.Combine(Path, "objects"), "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
