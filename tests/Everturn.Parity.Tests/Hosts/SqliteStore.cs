using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.Hosts;

/// <summary>A directory that several hosts share, like processes on one machine.</summary>
internal sealed class SqliteStore : IParityStore
{
    private readonly string _directory = Directory.CreateTempSubdirectory("everturn-parity-").FullName;

    public void AddTo(EverturnBuilder everturn) => everturn.UseSqlite(options => options.DataDirectory = _directory);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }
}
