namespace Assistant.Documents;

/// <summary>
/// A folder of Markdown. Only files that it lists can be read, so that no path from a model leaves it; links are not
/// followed.
/// </summary>
/// <param name="root">The folder that paths are relative to.</param>
/// <param name="files">Files below it, by path.</param>
/// <param name="folders">Folders below it whose Markdown counts, at any depth; an empty path is the folder itself.</param>
internal sealed class DocumentFolder(string root, IReadOnlyList<string> files, IReadOnlyList<string> folders)
{
    private static readonly EnumerationOptions Search = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        MatchCasing = MatchCasing.CaseInsensitive,
    };

    /// <summary>The folder that paths are relative to.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>All Markdown below a folder.</summary>
    public static DocumentFolder Everything(string folder) =>
        Directory.Exists(folder)
            ? new DocumentFolder(folder, [], [""])
            : throw new InvalidOperationException($"There is no folder of documents '{folder}'.");

    /// <summary>Every document, in the order of paths.</summary>
    public IReadOnlyList<DocumentFile> List() =>
        [
            .. files
                .Select(file => new FileInfo(Path.Combine(Root, file)))
                .Where(file => file is { Exists: true, LinkTarget: null })
                .Concat(folders.SelectMany(Markdown))
                .Select(file => new DocumentFile(Relative(file.FullName), file.LastWriteTimeUtc, file.Length))
                .DistinctBy(file => file.Path)
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];

    /// <summary>The text of a listed document; null where the path names none.</summary>
    /// <param name="path">A path as <see cref="List"/> gives it.</param>
    public string? Read(string path) =>
        List().FirstOrDefault(file => file.Path == path) is { } file ? Read(file) : null;

    /// <summary>The text of a document; null where it is gone since it was listed.</summary>
    /// <param name="file">A document of <see cref="List"/>.</param>
    public string? Read(DocumentFile file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Root, file.Path));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private IEnumerable<FileInfo> Markdown(string folder)
    {
        var directory = new DirectoryInfo(Path.Combine(Root, folder));
        return directory.Exists ? directory.EnumerateFiles("*.md", Search) : [];
    }

    private string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
