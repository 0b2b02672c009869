using System.Diagnostics.Metrics;
using Everturn.Diagnostics;
using Everturn.Sqlite.Child;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Tests.Engine;

public sealed class SharedWritingTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_process_that_writes_without_a_pause_does_not_starve_another_one()
    {
        await using var storage = await OpenAsync();
        using var child = await ChildProcess.StartAsync(_directory.Path, TimeSpan.FromHours(1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = Enumerable.Range(0, 8).Select(_ => WriteUntilAsync(storage, stop.Token)).ToList();

        for (var i = 0; i < 5; i++)
            (await child.AskAsync($"add {i}").WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldBe("added");

        await stop.CancelAsync();
        await Task.WhenAll(load);
    }

    [Fact]
    public async Task A_snapshot_does_not_see_what_is_committed_meanwhile()
    {
        await using var storage = await OpenAsync();
        await AddAsync(storage);

        var (before, during) = storage.Reads.ReadSnapshot(connection =>
        {
            var first = NotesSchema.Count(connection);
            using var committed = new ManualResetEventSlim();
            using var subscription = storage.Changes.Subscribe(committed.Set);
            _ = AddAsync(storage).AsTask();
            committed.Wait(TimeSpan.FromSeconds(30), Token).ShouldBeTrue();
            return (first, NotesSchema.Count(connection));
        });

        (before, during).ShouldBe((1, 1));
        await AddAsync(storage);
        storage.Reads.Read(NotesSchema.Count).ShouldBe(3);
    }

    [Fact]
    public async Task A_read_connection_cannot_write()
    {
        await using var storage = await OpenAsync();

        Should.Throw<EverturnException>(() => storage.Reads.Read(connection => NotesSchema.Insert(connection, "no")));

        storage.Reads.Read(NotesSchema.Count).ShouldBe(0);
    }

    [Fact]
    public async Task Commits_are_measured()
    {
        long items = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == EverturnDiagnostics.Name && instrument.Name == "everturn.commit.batch_size")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => Interlocked.Add(ref items, value));
        listener.Start();
        await using var storage = await OpenAsync();

        await AddAsync(storage);

        Interlocked.Read(ref items).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task What_was_written_is_there_after_closing_and_opening()
    {
        await using (var storage = await OpenAsync())
            await AddAsync(storage);

        await using var again = await OpenAsync();

        again.Reads.Read(NotesSchema.Count).ShouldBe(1);
    }

    private static async Task WriteUntilAsync(SqliteStorage storage, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await AddAsync(storage);
    }

    private static ValueTask<long> AddAsync(SqliteStorage storage) =>
        storage.Committer.CommitAsync(
            CommitKind.SessionUpdate,
            connection => NotesSchema.Insert(connection, ServerId.New(storage.Time)),
            Token
        );

    private Task<SqliteStorage> OpenAsync() =>
        SqliteStorage.OpenAsync(
            new SqliteOptions { DataDirectory = _directory.Path },
            [NotesSchema.Schema],
            new StorageServices(),
            Token
        );
}
