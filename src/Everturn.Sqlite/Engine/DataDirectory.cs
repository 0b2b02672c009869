namespace Everturn.Sqlite.Engine;

/// <summary>The names inside a data directory.</summary>
/// <param name="Root">Full path.</param>
internal sealed record DataDirectory(string Root)
{
    /// <summary>The main file, shared by the stores.</summary>
    public DatabaseFile Database { get; } = new(Path.Combine(Root, "everturn.db"));

    /// <summary>One lock and one counter for each node.</summary>
    public string Locks { get; } = Path.Combine(Root, "locks");

    /// <summary>Large payloads.</summary>
    public string Blobs { get; } = Path.Combine(Root, "blobs");

    /// <summary>Files of stateful agents.</summary>
    public string Objects { get; } = Path.Combine(Root, "objects");

    /// <summary>Creates what is missing.</summary>
    /// <exception cref="InvalidInputException">The directory cannot be created, or is on a network file system.</exception>
    public static DataDirectory Create(string path)
    {
        var directory = new DataDirectory(Path.GetFullPath(path));
        try
        {
            Durability.CreateDirectory(directory.Root);
            NetworkFileSystem.Refuse(directory.Root);
            Durability.CreateDirectory(directory.Locks);
            Durability.CreateDirectory(directory.Blobs);
            Durability.CreateDirectory(directory.Objects);
            return directory;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                nameof(SqliteOptions.DataDirectory),
                $"{directory.Root} cannot be created: {exception.Message}"
            );
        }
    }
}
