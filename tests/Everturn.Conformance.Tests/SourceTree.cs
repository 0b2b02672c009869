namespace Everturn.Conformance.Tests;

/// <summary>The clone that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

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
