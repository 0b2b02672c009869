namespace Everturn.Tests.Workflows.Conformance;

/// <summary>The clone that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    /// <summary>The source files of all tests.</summary>
    public static IEnumerable<string> Tests =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Everturn.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run from a clone.");
        }

        return folder.FullName;
    }
}
