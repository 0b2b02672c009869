using System.Runtime.InteropServices;
using System.Text;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Tests.Streaming;

public sealed class SessionStreamsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Invariant_8_a_reader_from_any_position_gets_every_later_chunk_once_and_in_order(
        int seed,
        bool remote
    )
    {
        var random = new Random(seed);
        using var scene = new StreamScene(remote);
        await scene.BeginRunAsync();
        var readers = new List<Task<long>>();
        const int total = 3_000;
        while (scene.LastSequence < total)
        {
            if (random.Next(20) == 0)
            {
                await scene.EndRunAsync();
                await scene.BeginRunAsync();
            }
            await scene.WriteAsync(random.Next(1, 40));
            if (random.Next(4) == 0)
            {
                var reader = await scene.OpenAsync(random.NextInt64(scene.LastSequence + 1), follow: true);
                var slowness = random.Next(3) == 0 ? random.Next(1, 200) : 0;
                readers.Add(Task.Run(() => ReadToAsync(reader, total, slowness), Token));
            }
            await Task.Yield();
        }
        readers.Count.ShouldBeGreaterThan(10);

        var ends = await scene.WhileTimePassesAsync(Task.WhenAll(readers));

        ends.ShouldAllBe(end => end >= total);
    }

    [Fact]
    public async Task Invariant_7_numbers_go_on_across_turns_for_a_reader_that_follows()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync(follow: true);
        await scene.WriteAsync(3);
        await scene.EndRunAsync();
        var second = await scene.BeginRunAsync();
        await scene.WriteAsync(2);

        await reader.ReadOnAsync(until: 6);

        second.StartSequence.ShouldBe(5);
        reader.Cursor.ShouldBe(6);
    }

    [Fact]
    public async Task Invariant_8_a_reader_that_stands_still_does_not_slow_the_writer_and_goes_on_with_stored_chunks()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var slow = await scene.OpenAsync();
        for (var i = 0; i < 2_000; i++)
        {
            await scene.WriteAsync(5);
        }
        await scene.EndRunAsync();
        scene.Reads.ChunkReads.ShouldBe(0);

        var end = await slow.ReadOnAsync();

        end.Kind.ShouldBe(StreamReadKind.End);
        slow.Cursor.ShouldBe(10_001);
        scene.Reads.ChunkReads.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_reader_that_keeps_up_never_asks_the_store_for_chunks()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync();
        for (var i = 1; i <= 100; i++)
        {
            await scene.WriteAsync(1);
            await reader.ReadOnAsync(until: i);
        }

        scene.Reads.ChunkReads.ShouldBe(0);
    }

    [Theory]
    [InlineData("completed", null)]
    [InlineData("failed", "aborted")]
    [InlineData("interrupted", "user_requested")]
    [InlineData("suspended_client_tool", null)]
    public async Task A_reader_ends_with_the_run_and_says_how_it_ended(string status, string? reason)
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync();
        var reading = reader.ReadOnAsync();
        await scene.WriteAsync(2);
        await scene.EndRunAsync(new(status), reason);

        var end = await reading;

        end.Run!.Status.Value.ShouldBe(status);
        end.Run.Reason.ShouldBe(reason);
        reader.Cursor.ShouldBe(3);
    }

    [Fact]
    public async Task A_reader_that_joins_after_the_end_gets_all_and_ends()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        await scene.WriteAsync(20);
        await scene.EndRunAsync();
        using var reader = await scene.OpenAsync(after: 5);

        var end = await reader.ReadOnAsync();

        end.Run!.RunId.ShouldBe("run-1");
        reader.Cursor.ShouldBe(21);
    }

    [Fact]
    public async Task A_run_that_ended_without_a_chunk_ends_its_readers()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync();
        var reading = reader.ReadOnAsync();
        await scene.EndRunAsync(chunks: 0);

        (await reading).Kind.ShouldBe(StreamReadKind.End);
    }

    [Fact]
    public async Task Invariant_8_a_position_above_the_log_is_answered_with_a_resync_and_the_reader_goes_on()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        await scene.WriteAsync(4);
        using var reader = await scene.OpenAsync(after: 9);

        var read = await reader.ReadAsync();

        read.Kind.ShouldBe(StreamReadKind.Resync);
        var chunk = StreamChunkJson.Decode(read.Segments[0][0]).ShouldBeOfType<StreamResyncChunk>();
        chunk.SnapshotSequence.ShouldBe(4);
        chunk.Sequence.ShouldBe(4);
        await scene.WriteAsync(2);
        await reader.ReadOnAsync(until: 6);
    }

    [Fact]
    public async Task Invariant_8_a_position_below_the_log_is_answered_with_a_resync_and_the_reader_goes_on()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        await scene.WriteAsync(4);
        await scene.EndRunAsync();
        scene.Time.Advance(TimeSpan.FromDays(1));
        await scene.Store.SweepAsync(
            new()
            {
                Now = scene.Time.GetUtcNow(),
                Default = new() { Chunks = TimeSpan.FromHours(1) },
            },
            Token
        );
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync(after: 1);

        var read = await reader.ReadAsync();

        read.Kind.ShouldBe(StreamReadKind.Resync);
        read.Segments[0].FirstSequence.ShouldBe(5);
        await scene.WriteAsync(2);
        await reader.ReadOnAsync(until: 7);
    }

    [Fact]
    public async Task Invariant_8_a_position_ahead_of_what_this_process_knows_is_looked_up_before_it_is_refused()
    {
        using var scene = new StreamScene(remote: true, hints: false);
        await scene.BeginRunAsync();
        using var first = await scene.OpenAsync();
        await scene.WriteAsync(4);

        using var second = await scene.OpenAsync(after: 3);

        await second.ReadOnAsync(until: 4);
    }

    [Fact]
    public async Task Invariant_8_commits_of_another_process_are_found_even_if_every_hint_is_lost()
    {
        using var scene = new StreamScene(remote: true, hints: false);
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync();
        var reading = reader.ReadOnAsync();
        await scene.WriteAsync(4);
        await scene.EndRunAsync();

        scene.Time.Advance(SessionStreams.PollInterval);

        (await reading).Run!.Status.ShouldBe(RunStatus.Completed);
        reader.Cursor.ShouldBe(5);
    }

    [Fact]
    public async Task A_hint_wakes_the_readers_of_another_process_without_waiting_for_the_poll()
    {
        using var scene = new StreamScene(remote: true);
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync();
        var reading = reader.ReadOnAsync(until: 4);

        await scene.WriteAsync(4);

        await reading;
        scene.Time.GetUtcNow().ShouldBe(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Readers_of_another_process_share_one_read_of_new_chunks()
    {
        using var scene = new StreamScene(remote: true);
        await scene.BeginRunAsync();
        var readers = new List<SessionStreamReader>();
        for (var i = 0; i < 20; i++)
        {
            readers.Add(await scene.OpenAsync());
        }
        var reading = readers.ConvertAll(reader => reader.ReadOnAsync(until: 4));
        await scene.WriteAsync(4);
        await Task.WhenAll(reading);

        scene.Reads.ChunkReads.ShouldBe(1);
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task An_unknown_session_is_refused()
    {
        using var scene = new StreamScene();

        await Should.ThrowAsync<SessionNotFoundException>(() => scene.OpenAsync());

        scene.Streams.WatchedSessions.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Readers_of_a_deleted_session_end(bool remote)
    {
        using var scene = new StreamScene(remote);
        await scene.BeginRunAsync();
        await scene.EndRunAsync();
        using var reader = await scene.OpenAsync(follow: true);
        var reading = reader.ReadOnAsync();

        await scene.Store.DeleteSessionAsync(StreamScene.Key, scene.Time.GetUtcNow(), Token);

        (await reading).IsDeleted.ShouldBeTrue();
        scene.Streams.WatchedSessions.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_has_no_more_readers_than_the_limit_and_a_closed_one_makes_room()
    {
        using var scene = new StreamScene(readers: 2);
        await scene.BeginRunAsync();
        var first = await scene.OpenAsync();
        using var second = await scene.OpenAsync();

        var refused = await Should.ThrowAsync<TooManyReadersException>(() => scene.OpenAsync());

        refused.Limit.ShouldBe(2);
        first.Dispose();
        using var third = await scene.OpenAsync();
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_session_that_nobody_reads()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        await scene.WriteAsync(1);
        scene.Streams.WatchedSessions.ShouldBe(0);
        using (await scene.OpenAsync())
        {
            scene.Streams.WatchedSessions.ShouldBe(1);
        }

        scene.Streams.WatchedSessions.ShouldBe(0);
        scene.Time.Advance(SessionStreams.PollInterval * 2);
        scene.Time.PendingTimers.ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_without_news_gives_a_sign_of_life()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var reader = await scene.OpenAsync();
        var reading = reader.ReadAsync().AsTask();

        var read = await scene.WhileTimePassesAsync(reading, TimeSpan.FromSeconds(1));

        read.Kind.ShouldBe(StreamReadKind.Idle);
        (scene.Time.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBeGreaterThanOrEqualTo(
            SessionStreamReader.KeepAlive
        );
    }

    [Fact]
    public async Task Cancelling_ends_a_reader_that_waits_and_leaves_the_run_alone()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var stop = new CancellationTokenSource();
        using var reader = await scene.Streams.OpenAsync(StreamScene.Key, cancellationToken: stop.Token);
        var reading = reader.ReadAsync().AsTask();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        (await scene.Store.GetCurrentRunAsync(StreamScene.Key, Token))!.Status.ShouldBe(RunStatus.Running);
    }

    [Fact]
    public async Task Events_are_encoded_once_for_all_readers()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        using var first = await scene.OpenAsync();
        using var second = await scene.OpenAsync();
        await scene.WriteAsync(2);

        var one = (await first.ReadAsync()).Segments[0].Events;
        var other = (await second.ReadAsync()).Segments[0].Events;

        MemoryMarshal.TryGetArray(one, out var oneArray).ShouldBeTrue();
        MemoryMarshal.TryGetArray(other, out var otherArray).ShouldBeTrue();
        otherArray.Array.ShouldBeSameAs(oneArray.Array);
        var stored = await scene.Store.ReadChunksAsync(StreamScene.Key, 0, 2, Token);
        string Json(int index) => Encoding.UTF8.GetString(stored[index].Json.Span);
        Encoding
            .UTF8.GetString(one.Span)
            .ShouldBe(
                $"id: 1\ndata: {{\"sequence\":1,\"chunk\":{Json(0)}}}\n\n"
                    + $"id: 2\ndata: {{\"sequence\":2,\"chunk\":{Json(1)}}}\n\n"
            );
    }

    [Fact]
    public async Task A_runs_own_chunks_are_those_from_its_first_to_its_last()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        await scene.WriteAsync(3);
        await scene.EndRunAsync();
        var second = await scene.BeginRunAsync();
        var live = ReadRunAsync(scene, second);
        await scene.WriteAsync(2);
        await scene.EndRunAsync();
        await scene.BeginRunAsync();
        await scene.WriteAsync(2);

        (await live).ShouldBe([5, 6, 7]);
        (await ReadRunAsync(scene, second)).ShouldBe([5, 6, 7]);
        (await ReadRunAsync(scene, second, after: 6)).ShouldBe([7]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_for_a_runs_end_gives_its_record(bool remote)
    {
        using var scene = new StreamScene(remote);
        var run = await scene.BeginRunAsync();
        var waiting = scene.Streams.WaitForRunEndAsync(StreamScene.Key, run.RunId, Token);
        await scene.WriteAsync(1);
        await scene.EndRunAsync(RunStatus.Failed, "model_failed");
        await scene.BeginRunAsync();

        var ended = await scene.WhileTimePassesAsync(waiting);

        ended.Status.ShouldBe(RunStatus.Failed);
        ended.Reason.ShouldBe("model_failed");
        ended.EndSequence.ShouldBe(2);
        (await scene.Streams.WaitForRunEndAsync(StreamScene.Key, run.RunId, Token)).ShouldBe(ended);
        scene.Streams.WatchedSessions.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_for_a_run_of_a_deleted_session_ends()
    {
        using var scene = new StreamScene();
        await scene.BeginRunAsync();
        await scene.EndRunAsync();
        await scene.Store.DeleteSessionAsync(StreamScene.Key, scene.Time.GetUtcNow(), Token);

        await Should.ThrowAsync<SessionNotFoundException>(() =>
            scene.Streams.WaitForRunEndAsync(StreamScene.Key, "run-1", Token)
        );
    }

    public static TheoryData<int, bool> Seeds()
    {
        var data = new TheoryData<int, bool>();
        for (var seed = 1; seed <= 5; seed++)
        {
            data.Add(seed, false);
            data.Add(seed, true);
        }
        return data;
    }

    private static async Task<long> ReadToAsync(SessionStreamReader reader, long until, int slowness)
    {
        using (reader)
        {
            await reader.ReadOnAsync(until, () => PauseAsync(slowness));
            return reader.Cursor;
        }
    }

    private static async Task PauseAsync(int yields)
    {
        for (var i = 0; i < yields; i++)
        {
            await Task.Yield();
        }
    }

    private static async Task<List<long>> ReadRunAsync(StreamScene scene, RunRecord run, long? after = null)
    {
        var numbers = new List<long>();
        await foreach (var chunk in scene.Streams.ReadRunAsync(run, after, Token))
        {
            numbers.Add(chunk.Sequence);
        }
        return numbers;
    }
}
