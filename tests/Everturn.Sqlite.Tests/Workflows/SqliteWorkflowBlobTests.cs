using Everturn.Sqlite.Engine;
using Everturn.Tests.Workflows;
using Everturn.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

/// <summary>Payloads of more than 16 KiB, which are files, and go with the last instance that named them.</summary>
public sealed class SqliteWorkflowBlobTests : EngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SteppingTime _time;
    private readonly SqliteData _data;

    public SqliteWorkflowBlobTests()
        : this(new SteppingTime(Start)) { }

    private SqliteWorkflowBlobTests(SteppingTime time)
        : this(time, new SqliteData(new StorageServices { Time = time })) { }

    private SqliteWorkflowBlobTests(SteppingTime time, SqliteData data)
        : base(() => data) => (_time, _data) = (time, data);

    private IEnumerable<string> Blobs =>
        Directory
            .EnumerateFiles(Path.Combine(_data.DataDirectory, "blobs"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("incoming", StringComparison.Ordinal));

    [Fact]
    public async Task Everything_large_of_an_instance_goes_when_it_is_deleted()
    {
        var host = await StartAsync(Everything());
        var instance = await RunAsync(host, "i-1", Large('p'));
        // Parameters, a step's result, a chunk, an event, the output.
        Blobs.Count().ShouldBe(5);

        await instance.DeleteAsync();
        await host.Store.SweepAsync(host.Time.GetUtcNow(), 100);
        Blobs.Count().ShouldBe(5, "a blob may still be needed by a commit that is under way");
        _time.Now += TimeSpan.FromHours(2);
        await host.Store.SweepAsync(host.Time.GetUtcNow(), 100);

        Blobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_two_instances_share_stays_until_both_are_gone()
    {
        var host = await StartAsync(Everything());
        var first = await RunAsync(host, "i-1", Large('p'));
        var second = await RunAsync(host, "i-2", Large('p'));
        Blobs.Count().ShouldBe(5);

        await first.DeleteAsync();
        _time.Now += TimeSpan.FromHours(2);
        await host.Store.SweepAsync(host.Time.GetUtcNow(), 100);
        (await second.StatusAsync()).Output<string>().ShouldBe(Large('o'));
        Blobs.Count().ShouldBe(5);

        await second.DeleteAsync();
        await host.Store.SweepAsync(host.Time.GetUtcNow(), 100);
        Blobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_large_goes_with_an_instance_whose_retention_is_over()
    {
        var host = await StartAsync(Everything());
        var instance = await RunAsync(host, "i-1", Large('p'));

        _time.Now += TimeSpan.FromDays(31);
        await host.Store.SweepAsync(host.Time.GetUtcNow().AddDays(31), 100);

        (await host.Store.FindAsync(instance.Key)).ShouldBeNull();
        Blobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_refused_write_left_behind_goes_after_a_restart()
    {
        var script = Everything();
        var host = await StartAsync(script);
        var instance = await RunAsync(host, "i-1", Large('p'));
        await Should.ThrowAsync<InstanceAlreadyExistsException>(() =>
            host.Client<string, string>("script").CreateAsync(Large('q'), "i-1")
        );
        Blobs.Count().ShouldBe(6);
        await host.StopAsync();

        _time.Now += TimeSpan.FromHours(2);
        var second = await StartAsync(script, host);
        await second.Store.SweepAsync(second.Time.GetUtcNow(), 100);

        Blobs.Count().ShouldBe(5);
        (await second.Engine.GetAsync(instance.Key)).Output<string>().ShouldBe(Large('o'));
    }

    private static async Task<WorkflowInstance> RunAsync(TestHost host, string id, string payload)
    {
        var instance = await host.Client<string, string>("script").CreateAsync(payload, id);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await instance.SendEventAsync("go", Large('e'));
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(Large('o'));
        return instance;
    }

    private static string Large(char letter) => new(letter, 20_000);

    private static Script Everything() =>
        new(
            async (step, _) =>
            {
                await step.DoAsync("result", _ => Task.FromResult(Large('r')));
                await step.StreamAsync("stream", (_, _) => PiecesAsync());
                await step.WaitForEventAsync<string>("go");
                return Large('o');
            }
        );

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync()
    {
        await Task.Yield();
        yield return new byte[30_000];
    }

    private sealed class SteppingTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
