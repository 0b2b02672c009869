using System.Text;
using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class ContentTests
{
    [Fact]
    public async Task A_large_message_goes_to_a_blob_and_comes_back()
    {
        await using var harness = await OpenAsync();
        var text = string.Concat(Enumerable.Repeat("grüße ", 20_000));

        await harness.StartRunAsync(text: text);
        await harness.ReopenAsync();

        var page = await harness.Store.GetMessagesAsync(Key, 0, 10, Token);
        page.Messages.ShouldHaveSingleItem().Content.ShouldBe(text);
        BlobFiles(harness).Count.ShouldBe(1);
        harness.Count("SELECT length(content) FROM messages").ShouldBe(43);
    }

    [Fact]
    public async Task A_chunk_that_cannot_be_compressed_stays_in_its_row_up_to_the_limit()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        var random = new Random(7);
        var frame = FlushOf(run, "").Chunks[0].Length;
        var delta = string.Concat(Enumerable.Range(0, (16 * 1024) - frame).Select(_ => (char)random.Next('0', 'z')))
            .Replace('\\', 'x');

        await harness.CommitAsync(FlushOf(run, delta));

        var chunk = (await harness.Store.ReadChunksAsync(Key, 0, 10, Token)).ShouldHaveSingleItem();
        Text(chunk.Json).ShouldBe(Text(FlushOf(run, delta).Chunks[0]));
        BlobFiles(harness).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_chunks_stay_in_rows_and_only_one_that_is_too_large_becomes_a_blob()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        string[] deltas =
        [
            .. Enumerable.Range(0, 100).Select(i => new string((char)('a' + (i % 26)), 1_000)),
            new string('L', 40_000),
            "last",
        ];

        await harness.CommitAsync(FlushOf(run, deltas));

        var chunks = await harness.Store.ReadChunksAsync(Key, 0, int.MaxValue, Token);
        chunks.Select(chunk => chunk.Sequence).ShouldBe(Enumerable.Range(1, 102).Select(i => (long)i));
        chunks.Select(chunk => Text(chunk.Json)).ShouldBe(FlushOf(run, deltas).Chunks.Select(Text));
        (await harness.Store.ReadChunksAsync(Key, 57, 3, Token))[0].Sequence.ShouldBe(58);
        BlobFiles(harness).Count.ShouldBe(1);
        harness.Count("SELECT count(*) FROM chunks").ShouldBe(9);
        harness.Count("SELECT max(length(content)) FROM chunks").ShouldBeLessThanOrEqualTo(16 * 1024 + 3);
    }

    [Fact]
    public async Task Every_kind_of_large_content_comes_back()
    {
        await using var harness = await OpenAsync(configure: options => options.InlineLimitBytes = 0);
        var run = await harness.StartRunAsync();
        await harness.CommitAsync(FullStep(run, "first"));
        await harness.CommitAsync(FullStep(run, "second") with { Checkpoint = null });
        await harness.CommitAsync(EndOf(run, Start));

        var snapshot = (await harness.Store.GetSnapshotAsync(Key, int.MaxValue, Token)).ShouldNotBeNull();
        Text(snapshot.State).ShouldBe("\"second state\"");
        Text(snapshot.Run!.Output!.Value).ShouldBe("\"done\"");
        var call = (await harness.Store.GetToolCallsAsync(Key, run.RunId, Token)).ShouldHaveSingleItem();
        Text(call.Arguments).ShouldBe("\"second arguments\"");
        Text(call.Result).ShouldBe("\"second result\"");
        Text(call.StagedChange).ShouldBe("\"second change\"");
        var checkpoint = await harness.Store.GetCheckpointAsync(Key, "cp-1", Token);
        Text(checkpoint!.State).ShouldBe("\"first state\"");
    }

    [Fact]
    public async Task A_codec_that_encrypts_leaves_no_plain_content_on_disk()
    {
        const string secret = "the-plain-secret";
        var services = new StorageServices { Codecs = [new MaskingCodec()] };
        await using var harness = await OpenAsync(services);
        var run = await harness.StartRunAsync(text: secret + new string('.', 50_000));
        await harness.CommitAsync(FlushOf(run, secret));
        await harness.CommitAsync(FullStep(run, secret));
        await harness.CommitAsync(CommandOf(run, secret));
        await harness.CommitAsync(
            EndOf(run, Start) with
            {
                RunChange = new RunChange { Status = RunStatus.Completed, Output = Json($"\"{secret}\"") },
            }
        );

        await harness.ReopenAsync();

        var snapshot = (await harness.Store.GetSnapshotAsync(Key, 10, Token)).ShouldNotBeNull();
        snapshot.Messages.Messages[0].Content!.ShouldStartWith(secret);
        Text(snapshot.State).ShouldContain(secret);
        Text(snapshot.Run!.Output!.Value).ShouldContain(secret);
        var chunks = await harness.Store.ReadChunksAsync(Key, 0, 1, Token);
        Text(chunks[0].Json).ShouldContain(secret);
        await harness.Database.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(harness.Path, "*", SearchOption.AllDirectories))
            (await File.ReadAllBytesAsync(file, Token))
                .AsSpan()
                .IndexOf(Encoding.UTF8.GetBytes(secret))
                .ShouldBe(-1, file);
    }

    internal static List<string> BlobFiles(SessionStoreHarness harness) =>
        [.. Directory.EnumerateFiles(Path.Combine(harness.Path, "blobs"), "*", SearchOption.AllDirectories)];

    internal static SessionCommit FullStep(RunRecord run, string text, string checkpointId = "cp-1") =>
        FlushOf(run) with
        {
            Kind = CommitKind.StepCommit,
            State = Json($"\"{text} state\""),
            ToolCalls =
            [
                new ToolCallRecord
                {
                    RunId = run.RunId,
                    Step = 1,
                    Index = 0,
                    ToolCallId = "call-1",
                    ToolName = "search",
                    IdempotencyKey = "key-1",
                    Effect = "idempotent",
                    Status = ToolCallStatus.Succeeded,
                    CreatedAt = Start,
                    Arguments = Json($"\"{text} arguments\""),
                    Result = Json($"\"{text} result\""),
                    StagedChange = Json($"\"{text} change\""),
                },
            ],
            Checkpoint = new CheckpointRecord
            {
                CheckpointId = checkpointId,
                RunId = run.RunId,
                StepCount = 1,
                State = Json($"\"{text} state\""),
                Status = RunStatus.Running,
                CreatedAt = Start,
            },
        };

    private static SessionCommit CommandOf(RunRecord run, string content) =>
        new()
        {
            Session = run.Session,
            Kind = CommitKind.Command,
            At = Start,
            Command = new CommandRecord
            {
                Session = run.Session,
                RunId = run.RunId,
                Kind = CommandKind.Steer,
                Content = Json($"\"{content}\""),
                CreatedAt = Start,
            },
        };

    /// <summary>Stands for encryption: no plain byte survives, and the key's id is in front.</summary>
    private sealed class MaskingCodec : IPayloadCodec
    {
        private const byte KeyId = 7;
        private const byte Mask = 0xA5;

        public int Id => 9;

        public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> plain) =>
            (byte[])[KeyId, .. plain.ToArray().Select(value => (byte)(value ^ Mask))];

        public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> stored)
        {
            stored.Span[0].ShouldBe(KeyId);
            return stored[1..].ToArray().Select(value => (byte)(value ^ Mask)).ToArray();
        }
    }
}
