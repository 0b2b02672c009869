using System.Net.WebSockets;
using Everturn.Conformance.Tests.Wire;

namespace Everturn.Conformance.Tests.Crash;

/// <summary>The server is killed while clients are connected to it.</summary>
public sealed class KilledServerTests
{
    private const int Sockets = 100;
    private const int Objects = 10;

    [Fact]
    public async Task I10_killed_under_a_hundred_sockets_nothing_acknowledged_is_lost_and_all_see_the_same_state_again()
    {
        await using var host = await HostProcess.StartAsync();
        var clients = await ConnectAllAsync(host);
        var acknowledged = new int[Objects];
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answers = 0;

        var counting = clients.Select((client, i) => CountAsync(client, i % Objects)).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await host.KillAsync();
        await Task.WhenAll(counting);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
        await host.StartAgainAsync();

        var again = await ConnectAllAsync(host);
        var seen = await Task.WhenAll(again.Select(StateAsync));
        for (var i = 0; i < Objects; i++)
        {
            var states = seen.Where((_, client) => client % Objects == i).Distinct().ToList();
            states.Count.ShouldBe(1, $"object {i} shows its clients {string.Join(", ", states)}");
            // Each client has one call in flight: no more than these can be durable without an answer.
            states[0].ShouldBeInRange(acknowledged[i], acknowledged[i] + (Sockets / Objects));
            (await again[i].CallAsync("increment"))["result"]!.GetValue<int>().ShouldBe(states[0] + 1);
        }
        foreach (var client in again)
        {
            await client.DisposeAsync();
        }

        async Task CountAsync(RawClient client, int which)
        {
            try
            {
                await client.ReceiveAsync(3);
                while (true)
                {
                    var value = (await client.CallAsync("increment"))["result"]!.GetValue<int>();
                    Max(ref acknowledged[which], value);
                    if (Interlocked.Increment(ref answers) == 20 * Sockets)
                    {
                        enough.TrySetResult();
                    }
                }
            }
            catch (Exception exception) when (exception is WebSocketException or InvalidOperationException)
            {
                // The server is gone.
            }
        }
    }

    [Fact]
    public async Task A_schedule_that_ends_its_server_is_given_up_after_five_restarts()
    {
        await using var host = await HostProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = new(host.Address) };
        await using (var client = await RawClient.ConnectAsync(host.Address, "/agents/test-dying-agent/d"))
        {
            await client.SendCallAsync("dieSoon");
            await host.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var deaths = 1;
        while (await DiesAsync(host, http))
        {
            deaths++;
            deaths.ShouldBeLessThan(20);
        }

        deaths.ShouldBe(6);
        await Eventually.HoldsAsync(async () =>
            await http.GetStringAsync("/agents/test-dying-agent/d", TestContext.Current.CancellationToken)
            == "after CallbackGivenUpException 0"
        );
    }

    /// <summary>Starts it, and waits until it has died, or has done what comes after that.</summary>
    private static async Task<bool> DiesAsync(HostProcess host, HttpClient http)
    {
        host.Launch();
        var died = false;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                var answer = await http.GetStringAsync(
                    "/agents/test-dying-agent/d",
                    TestContext.Current.CancellationToken
                );
                return answer.StartsWith("after", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return died = host.Process.HasExited;
            }
        });
        return died;
    }

    private static Task<RawClient[]> ConnectAllAsync(HostProcess host) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Sockets)
                .Select(i =>
                    RawClient.ConnectAsync(
                        host.Address,
                        $"/agents/test-callable-agent/killed-{i % Objects}?_pk=client-{i}"
                    )
                )
        );

    private static async Task<int> StateAsync(RawClient client) =>
        (await client.ReceiveAsync(3))[1]["state"]!["value"]!.GetValue<int>();

    private static void Max(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
