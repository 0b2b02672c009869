using System.Diagnostics;
using Everturn.Approvals;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// Turns that suspend at an approval, are answered, and go on by themselves, in one process. One at a time: from the
/// answer to the first chunk after it at a reader of the session, all durable by then. Then many sessions at once: turns
/// a second.
/// </summary>
internal sealed class SuspendResumeBenchmark : IBenchmark
{
    private const int Sessions = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly AnswerOptions Resumes = new() { DecidedBy = "bench", Resume = true };

    public string Name => "suspend-resume";

    public string Summary =>
        "From an approval to the first chunk after it, on an idle machine; turns/s of 64 sessions.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Count(1_000, least: 20);
        var warmUp = context.Time(TimeSpan.FromSeconds(5));
        var window = context.Time(TimeSpan.FromSeconds(10));
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        for (var i = 0; i < count; i++)
        {
            await TurnAsync(host, $"warm-{i}", cancellationToken);
        }

        var times = new List<(double Chunk, double Delta)>();
        for (var i = 0; i < count; i++)
        {
            times.Add(await TurnAsync(host, $"s-{i}", cancellationToken));
            // Idle in between, so that no turn meets what is left to do of the one before.
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        var clock = new TurnWindow(warmUp, window);
        var turns = await Task.WhenAll(
            Enumerable.Range(0, Sessions).Select(i => TalkAsync(host, $"t-{i}", clock, cancellationToken))
        );

        var median = times.Select(time => time.Chunk).Median();
        return new(median, "ms")
        {
            Bar = Bar.Under(5, "ms at p50", median),
            Details =
            [
                new("p50Ms", median),
                new("p99Ms", times.Select(time => time.Chunk).Percentile(99)),
                new("firstDeltaP50Ms", times.Select(time => time.Delta).Median()),
                new("answers", count),
                new("turnsPerSecond", turns.Sum() / window.TotalSeconds),
                new("seconds", window.TotalSeconds),
                new("sessions", Sessions),
            ],
        };
    }

    /// <returns>How many turns ended in the window.</returns>
    private static async Task<int> TalkAsync(
        EmbeddedHost host,
        string session,
        TurnWindow clock,
        CancellationToken cancellationToken
    )
    {
        var turns = 0;
        while (!clock.IsOver)
        {
            await TurnAsync(host, session, cancellationToken);
            turns += clock.IsOpen ? 1 : 0;
        }

        return turns;
    }

    /// <returns>Milliseconds from the answer to the first chunk after it, and to the first delta.</returns>
    private static async Task<(double Chunk, double Delta)> TurnAsync(
        EmbeddedHost host,
        string session,
        CancellationToken cancellationToken
    )
    {
        var key = new SessionKey(session);
        var run = await host.Agents.ExecuteAsync(
            BenchAgents.AskingAgent,
            "Note it.",
            new() { SessionId = session },
            cancellationToken
        );
        await run.WaitAsync(cancellationToken);
        var suspended = (await host.Agents.GetHandleAsync(key, cancellationToken))!.Run;
        using var reader = await host.Streams.OpenAsync(
            key,
            new() { Follow = true, AfterSequence = suspended.EndSequence!.Value },
            cancellationToken
        );

        var started = Stopwatch.GetTimestamp();
        var answer = host.Approvals.SubmitAsync(
            key,
            StallingModel.CallId,
            ToolAnswer.Approve(),
            Resumes,
            cancellationToken
        );
        var times = await ReadAsync(reader, started);
        await answer;
        return times;
    }

    private static async Task<(double Chunk, double Delta)> ReadAsync(SessionStreamReader reader, long started)
    {
        double? first = null;
        double? delta = null;
        while (true)
        {
            var read = await reader.ReadAsync();
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            foreach (var segment in read.Segments)
            {
                first ??= elapsed;
                for (var i = 0; i < segment.Count; i++)
                {
                    switch (StreamChunkJson.Decode(segment[i]))
                    {
                        case TextDeltaChunk:
                            delta ??= elapsed;
                            break;
                        case OutputChunk:
                            return (first.Value, delta!.Value);
                        case ErrorChunk error:
                            throw new InvalidOperationException($"A turn failed: {error.Message}");
                    }
                }
            }
        }
    }
}
