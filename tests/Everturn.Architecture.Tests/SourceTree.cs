using System.Text;

namespace Everturn.Architecture.Tests;

/// <summary>The clone that the tests were built from.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "node_modules", "data", ".git"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Files below the given folders, as paths below the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        (folders.Length == 0 ? [Root] : folders.Select(folder => Path.Combine(Root, folder)))
            .Where(Directory.Exists)
            .SelectMany(folder => Below(new DirectoryInfo(folder), pattern))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path), Encoding.UTF8);

    public static bool Exists(string path) =>
        File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder, string pattern) =>
        folder
            .EnumerateFiles(pattern)
            .Concat(
                folder
                    .EnumerateDirectories()
                    .Where(child => !NotOurs.Contains(child.Name))
                    .SelectMany(child => Below(child, pattern))
            );

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Everturn.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from a clone of the repository.");
    }
}
