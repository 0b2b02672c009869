using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Streaming;
using Everturn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.Tests.Streaming;

/// <summary>A session that the test writes by itself, and its streams as this or another process sees them.</summary>
internal sealed class StreamScene : IDisposable
{
    private int _runs;

    public StreamScene(bool remote = false, bool hints = true, int readers = 1_000)
    {
        Store = new InMemorySessionStore(new InMemoryNodeDirectory());
        (var seen, Reads) = Remote.Of(Store, hints, hears: !remote);
        Streams = new(
            seen,
            new EverturnLimits { ConnectionsPerSession = readers },
            Time,
            NullLogger<SessionStreams>.Instance
        );
    }

    public static SessionKey Key { get; } = new("s-1");

    public VirtualTimeProvider Time { get; } = new();

    public InMemorySessionStore Store { get; }

    public Remote Reads { get; }

    public SessionStreams Streams { get; }

    public long LastSequence { get; private set; }

    public RunRecord Run { get; private set; } = null!;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<RunRecord> BeginRunAsync()
    {
        var result = await CommitAsync(
            new()
            {
                Session = Key,
                Kind = CommitKind.RunStart,
                At = Time.GetUtcNow(),
                NewSession = new() { AgentType = "writer" },
                NewRun = new()
                {
                    RunId = $"run-{++_runs}",
                    Trigger = RunTrigger.Execute,
                    Runtime = "in-process",
                },
                Messages = [AgentMessage.FromUser("hello")],
            }
        );
        return Run = result.Run!;
    }

    public Task WriteAsync(int count) =>
        CommitAsync(
            new()
            {
                Session = Key,
                Kind = CommitKind.DeltaFlush,
                At = Time.GetUtcNow(),
                RunId = Run.RunId,
                Chunks = Chunks(count),
            }
        );

    public async Task<RunRecord> EndRunAsync(RunStatus? status = null, string? reason = null, int chunks = 1)
    {
        var result = await CommitAsync(
            new()
            {
                Session = Key,
                Kind = CommitKind.RunEnd,
                At = Time.GetUtcNow(),
                RunId = Run.RunId,
                RunChange = new() { Status = status ?? RunStatus.Completed, Reason = reason },
                Chunks = Chunks(chunks),
                Checkpoint = new()
                {
                    CheckpointId = $"checkpoint-{_runs}",
                    RunId = Run.RunId,
                    StepCount = _runs,
                    Status = status ?? RunStatus.Completed,
                    CreatedAt = Time.GetUtcNow(),
                },
            }
        );
        return Run = result.Run!;
    }

    public async Task<SessionStreamReader> OpenAsync(long after = 0, bool follow = false) =>
        await Streams.OpenAsync(Key, new() { AfterSequence = after, Follow = follow }, Token);

    /// <summary>Lets virtual time pass until a task is done, as long as it takes in real time.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> task, TimeSpan? step = null)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            Time.Advance(step ?? TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(task, Task.Run(Thread.Yield));
        }
        return await task;
    }

    public void Dispose() => Streams.Dispose();

    private async Task<SessionCommitResult> CommitAsync(SessionCommit commit)
    {
        var result = await Store.CommitAsync(commit, Token);
        result.Outcome.ShouldBe(SessionCommitOutcome.Applied);
        LastSequence = result.Session!.LastSequence;
        return result;
    }

    private List<ReadOnlyMemory<byte>> Chunks(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(i =>
                    StreamChunkJson.Encode(
                        new TextDeltaChunk
                        {
                            AgentId = Run.RunId,
                            AgentType = "writer",
                            Timestamp = 0,
                            Step = 1,
                            Delta = $"delta {LastSequence + i}",
                        }
                    )
                ),
        ];
}
