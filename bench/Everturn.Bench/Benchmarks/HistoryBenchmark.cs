using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// Whether a turn costs more in a long conversation than in a short one: medians over windows around the two turns, of
/// several sessions. The model has no latency and does not read the transcript. Cold turns are the first ones after a
/// restart of the host on the same data, with the code warm.
/// </summary>
internal sealed class HistoryBenchmark : IBenchmark
{
    private const int Deltas = 20;
    private const int Early = 10;
    private const int Around = 5;

    public string Name => "history";

    public string Summary => "Turn 1,000 of a session against turn 10, warm; cold is reported apart.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var late = context.Count(1_000, least: 40);
        var sessions = context.Count(8, least: 2);
        var data = context.Folder("data");
        var early = new List<double>();
        var lates = new List<double>();
        await using (var host = await EmbeddedHost.StartAsync(data, cancellationToken))
        {
            await TalkAsync(host, "warm-1", late, cancellationToken);
            for (var i = 0; i < sessions; i++)
            {
                await TalkAsync(host, Short(i), Early, cancellationToken);
                var times = await TalkAsync(host, Long(i), late + Around, cancellationToken);
                early.AddRange(Window(times, Early));
                lates.AddRange(Window(times, late));
                BenchContext.Say(
                    $"session {i + 1} of {sessions}: turn {Early} {Window(times, Early).Median():0.000} ms, "
                        + $"turn {late} {Window(times, late).Median():0.000} ms"
                );
            }
        }

        await using var restarted = await EmbeddedHost.StartAsync(data, cancellationToken);
        await TalkAsync(restarted, "warm-2", late, cancellationToken);
        var coldEarly = new List<double>();
        var coldLate = new List<double>();
        for (var i = 0; i < sessions; i++)
        {
            coldEarly.AddRange(await TalkAsync(restarted, Short(i), 1, cancellationToken));
            coldLate.AddRange(await TalkAsync(restarted, Long(i), 1, cancellationToken));
        }

        var ratio = lates.Median() / early.Median();
        return new(ratio, "times")
        {
            Bar = Bar.AtMost(1.2, "times", ratio),
            Details =
            [
                new("turn", late),
                new("earlyMs", early.Median()),
                new("lateMs", lates.Median()),
                new("earlyP99Ms", early.Percentile(99)),
                new("lateP99Ms", lates.Percentile(99)),
                new("coldEarlyMs", coldEarly.Median()),
                new("coldLateMs", coldLate.Median()),
                new("coldRatio", coldLate.Median() / coldEarly.Median()),
                new("sessions", sessions),
                new("windowTurns", (2 * Around) + 1),
                new("deltas", Deltas),
            ],
        };
    }

    private static string Short(int number) => $"short-{number}";

    private static string Long(int number) => $"long-{number}";

    private static List<double> Window(List<double> times, int turn) =>
        times.GetRange(turn - Around - 1, (2 * Around) + 1);

    /// <returns>Milliseconds of each turn, from execute to the result.</returns>
    private static async Task<List<double>> TalkAsync(
        EmbeddedHost host,
        string session,
        int turns,
        CancellationToken cancellationToken
    )
    {
        var times = new List<double>(turns);
        for (var i = 0; i < turns; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await host.TurnAsync(session, Deltas, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }
}
