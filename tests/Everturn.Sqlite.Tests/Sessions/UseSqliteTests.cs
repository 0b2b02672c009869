using Everturn.Sessions;
using Everturn.Sqlite.Tests.Engine;
using Everturn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class UseSqliteTests
{
    [Fact]
    public async Task The_host_opens_the_store_and_closes_it()
    {
        using var directory = new TempDirectory();
        await using var services = Services(options => options.DataDirectory = directory.Path);
        var store = services.GetRequiredService<ISessionStore>();
        var hints = 0;
        using var subscription = services
            .GetRequiredService<IChangeSignal>()
            .Subscribe(() => Interlocked.Increment(ref hints));

        await StartAsync(services);

        var self = services.GetRequiredService<INodeDirectory>().Self;
        (await store.CommitAsync(StartOf("r-1", Key, "hello", self), Token)).IsApplied.ShouldBeTrue();
        (await store.GetCurrentRunAsync(Key, Token))!.Owner!.Value.Node.ShouldBe(self);
        hints.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Invariant_11_a_bad_option_fails_the_start_and_is_named()
    {
        await using var services = Services(static _ => { });

        var exception = await Should.ThrowAsync<InvalidInputException>(() => StartAsync(services));

        exception.Field.ShouldBe(nameof(SqliteOptions.DataDirectory));
    }

    private static ServiceProvider Services(Action<SqliteOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEverturn().UseSqlite(configure);
        return services.BuildServiceProvider();
    }

    private static async Task StartAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StartingAsync(Token);
    }
}
