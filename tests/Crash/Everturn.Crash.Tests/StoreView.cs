using Everturn.Sessions;
using Everturn.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Crash.Tests;

/// <summary>Looks into a data directory while no host runs on it.</summary>
internal static class StoreView
{
    public static Task<T> ReadAsync<T>(string dataDirectory, Func<ISessionStore, Task<T>> read) =>
        ReadAsync<ISessionStore, T>(dataDirectory, read);

    public static async Task<T> ReadAsync<TStore, T>(string dataDirectory, Func<TStore, Task<T>> read)
        where TStore : notnull
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEverturn().UseSqlite(options => options.DataDirectory = dataDirectory);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SqliteDatabase>().OpenAsync();
        return await read(provider.GetRequiredService<TStore>());
    }
}
