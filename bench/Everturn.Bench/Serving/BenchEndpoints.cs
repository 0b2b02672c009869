using System.Runtime;
using Everturn.Agents;
using Everturn.Bench.Hosting;
using Everturn.Sessions;
using Everturn.StatefulAgents;
using Everturn.Workflows;

namespace Everturn.Bench.Serving;

/// <summary>What the benchmarks ask of the server besides the product's own routes.</summary>
internal static class BenchEndpoints
{
    private const int InFlight = 64;

    public static void MapBench(this WebApplication app)
    {
        app.MapGet("/bench/memory", () => ServerMemory.Read());
        app.MapGet("/bench/jit", () => JitInfo.GetCompilationTime().TotalSeconds);
        app.MapGet("/bench/stalled", (StallingModel model) => model.Stalled);
        app.MapGet("/bench/running", AnyRunningAsync);
        app.MapGet("/bench/sessions/{status}", CountSessionsAsync);
        app.MapPost("/bench/sessions", AddSessionsAsync);
        app.MapPost("/bench/sleepers", AddSleepersAsync);
        app.MapPost("/bench/objects", AddObjectsAsync);
        app.MapGet("/bench/handles", () => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
    }

    private static async Task<bool> AnyRunningAsync(ISessionStore store, CancellationToken cancellationToken)
    {
        var page = await store.ListRunningAsync("workflow", owner: null, new(Limit: 1), cancellationToken);
        return page.Items.Count > 0;
    }

    private static async Task<int> CountSessionsAsync(
        string status,
        ISessionStore store,
        CancellationToken cancellationToken
    )
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var query = new SessionQuery { Status = new(status), Page = new(1_000, cursor) };
            var page = await store.ListSessionsAsync(query, cancellationToken);
            count += page.Items.Count;
            cursor = page.NextCursor;
        } while (cursor is not null);
        return count;
    }

    private static Task AddSessionsAsync(
        int from,
        int count,
        IAgentExecutor agents,
        CancellationToken cancellationToken
    ) =>
        ForAsync(
            from,
            count,
            async (i, ct) =>
            {
                var run = await agents.ExecuteAsync(
                    BenchAgents.InstantAgent,
                    "2",
                    new() { SessionId = $"idle-{i}" },
                    ct
                );
                await run.WaitAsync(ct);
            },
            cancellationToken
        );

    private static Task AddSleepersAsync(
        int from,
        int count,
        IWorkflowEngine engine,
        CancellationToken cancellationToken
    )
    {
        var client = engine.Client<int, int>(SleeperWorkflow.Name);
        return ForAsync(
            from,
            count,
            async (i, ct) => await client.CreateAsync(i, $"sleeper-{i}", cancellationToken: ct),
            cancellationToken
        );
    }

    private static Task AddObjectsAsync(
        int from,
        int count,
        IStatefulAgentDirectory agents,
        CancellationToken cancellationToken
    ) =>
        ForAsync(
            from,
            count,
            async (i, ct) => await agents.Get<BenchCounter>($"object-{i}").CallAsync(agent => agent.Settle(), ct),
            cancellationToken
        );

    private static Task ForAsync(
        int from,
        int count,
        Func<int, CancellationToken, ValueTask> body,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForAsync(
            from,
            from + count,
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            body
        );
}
