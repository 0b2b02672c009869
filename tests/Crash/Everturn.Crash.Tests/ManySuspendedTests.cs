using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A thousand sessions of a real process that wait for a person.</summary>
public sealed class ManySuspendedTests(ITestOutputHelper output)
{
    private const int Sessions = 1_000;
    private const int MaxBytes = 20_000_000;

    // As much at a time as the rest, so that what load alone needs is there before anything is measured.
    private const int WarmUp = 64;
    private const int AtATime = 16;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task Sessions_at_an_approval_cost_no_thread_and_little_memory_and_answering_all_completes_all(
        string runtime
    )
    {
        await using var harness = new CrashHarness(
            Hosts.Program(runtime: runtime) with
            {
                StepTimeout = TimeSpan.FromMinutes(3),
            }
        );
        var client = (await harness.StartAsync(cancellationToken: Token)).Client;
        await SuspendAsync(client, "warm", WarmUp);
        await AnswerAsync(client, WarmUp);
        await UntilAsync(async () => await CountAsync(client, "completed") == WarmUp);
        var before = await MemoryAsync(client);

        await SuspendAsync(client, "s", Sessions);
        HostMemory after;
        do
        {
            // Threads that only the load needed go after a while of rest.
            after = await MemoryAsync(client);
        } while (after.Threads > before.Threads && await PauseAsync());

        output.WriteLine($"Threads: {before.Threads}, then {after.Threads}.");
        output.WriteLine($"Live objects: {before.ManagedBytes:n0} bytes, then {after.ManagedBytes:n0}.");
        after.Threads.ShouldBeLessThanOrEqualTo(before.Threads);
        (after.ManagedBytes - before.ManagedBytes).ShouldBeLessThan(MaxBytes);

        var watch = Stopwatch.StartNew();
        await AnswerAsync(client, Sessions);
        await UntilAsync(async () => await CountAsync(client, "completed") == WarmUp + Sessions);
        output.WriteLine($"All were answered and completed after {watch.ElapsedMilliseconds} ms.");
        Hosts.Effects(harness).Count("end").Values.ShouldAllBe(times => times == 1);
        Hosts.Effects(harness).Count("end").Count.ShouldBe(WarmUp + Sessions);
        (await WaitingAsync(client)).ShouldBeEmpty();
    }

    private static async Task SuspendAsync(HttpClient client, string prefix, int count)
    {
        await EachAsync(
            Enumerable.Range(0, count),
            async (i, ct) =>
            {
                using var response = await client.StartSessionAsync("waiting", $"{prefix}{i}", "one", null, ct);
                response.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        );
        await UntilAsync(async () => (await WaitingAsync(client)).Count == count);
    }

    private static async Task AnswerAsync(HttpClient client, int count)
    {
        var waiting = await WaitingAsync(client);
        waiting.Count.ShouldBe(count);
        await EachAsync(
            waiting,
            async (call, ct) =>
            {
                var path = new Uri($"approvals/{call.GetProperty("approvalId").GetString()}", UriKind.Relative);
                using var response = await client.PostAsJsonAsync(path, new { kind = "approve" }, ct);
                response.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        );
    }

    private static async Task<IReadOnlyList<JsonElement>> WaitingAsync(HttpClient client)
    {
        var page = await GetAsync<JsonElement>(client, "approvals?limit=1000");
        return [.. page.GetProperty("approvals").EnumerateArray()];
    }

    private static async Task<int> CountAsync(HttpClient client, string status)
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var page = await GetAsync<JsonElement>(client, $"sessions?status={status}&limit=1000{cursor}");
            count += page.GetProperty("sessions").GetArrayLength();
            cursor = page.TryGetProperty("nextCursor", out var next) ? $"&cursor={next.GetString()}" : null;
        } while (cursor is not null);
        return count;
    }

    private static Task<HostMemory> MemoryAsync(HttpClient client) => GetAsync<HostMemory>(client, "crash/memory");

    private static async Task<T> GetAsync<T>(HttpClient client, string path) =>
        (await client.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), Token))!;

    private static Task EachAsync<T>(IEnumerable<T> source, Func<T, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync(
            source,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = Token },
            body
        );

    private static async Task UntilAsync(Func<Task<bool>> check)
    {
        while (!await check())
        {
            await PauseAsync();
        }
    }

    private static async Task<bool> PauseAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Token);
        return true;
    }

    private sealed record HostMemory(int Threads, long ManagedBytes);
}
