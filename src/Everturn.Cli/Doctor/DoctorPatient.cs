using Everturn.Cli.CommandLine;
using Everturn.Sqlite.Engine;

namespace Everturn.Cli.Doctor;

/// <summary>A data directory that is looked at and not touched. Each question sees what is durable at its moment.</summary>
internal sealed class DoctorPatient : IDisposable
{
    private readonly SqliteConnection _connection;

    private DoctorPatient(DataDirectory directory, SqliteConnection connection, bool isDeep)
    {
        Directory = directory;
        _connection = connection;
        IsDeep = isDeep;
    }

    public DataDirectory Directory { get; }

    /// <summary>Whether to read everything there is.</summary>
    public bool IsDeep { get; }

    /// <summary>Opens a directory.</summary>
    /// <exception cref="CommandException">There is no data in it.</exception>
    public static DoctorPatient Open(string path, bool isDeep)
    {
        var directory = new DataDirectory(Path.GetFullPath(path));
        if (!File.Exists(directory.Database.Path))
        {
            throw new CommandException(
                $"There is no data in {directory.Root}: {Path.GetFileName(directory.Database.Path)} is missing.",
                ExitCode.NotFound
            );
        }
        try
        {
            return new(directory, directory.Database.OpenReader(), isDeep);
        }
        catch (SqliteException exception)
        {
            throw new CommandException(
                $"{directory.Database.Path} cannot be read: {exception.Message}",
                ExitCode.Failed
            );
        }
    }

    /// <summary>A number: that of a pragma, or how many rows there are of something.</summary>
    public long Number(string sql) => _connection.QueryLong(sql) ?? 0;

    /// <summary>Rows, a line each.</summary>
    public List<T> Rows<T>(string sql, Func<Statement, T> read)
    {
        var rows = new List<T>();
        using var statement = _connection.Prepare(sql);
        while (statement.Read())
        {
            rows.Add(read(statement));
        }
        return rows;
    }

    public void Dispose() => _connection.Dispose();
}
