namespace Everturn.Sqlite.Engine;

/// <summary>Recognizes directories on file systems where SQLite's WAL and our locks do not work.</summary>
internal static class NetworkFileSystem
{
    private static readonly string[] Formats =
    [
        "afs",
        "ceph",
        "cifs",
        "coda",
        "lustre",
        "ncp",
        "nfs",
        "nfs4",
        "smb",
        "smb2",
        "smb3",
    ];

    /// <exception cref="InvalidInputException">The directory is on such a file system.</exception>
    public static void Refuse(string directory)
    {
        if (Format(directory) is { } format && Formats.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidInputException(
                nameof(SqliteOptions.DataDirectory),
                $"{directory} is on a network file system ({format}); use a local disk."
            );
        }
    }

    // Where the system does not tell, the documentation has to do.
    private static string? Format(string directory)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(directory)! : directory).DriveFormat;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
