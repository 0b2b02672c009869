using System.Net.Sockets;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>The harness itself.</summary>
public sealed class HarnessTests
{
    /// <summary>A client tells of it as what the socket threw, if the process dies while it connects.</summary>
    [Fact]
    public async Task A_connection_that_breaks_while_it_is_made_is_a_death()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var harness = new CrashHarness(Hosts.Program());
        await harness.StartAsync(cancellationToken: cancellationToken);
        var tries = 0;

        var result = await harness.SurviveAsync(
            async (process, ct) =>
            {
                if (++tries == 1)
                {
                    await process.KillAsync(ct);
                    throw new SocketException((int)SocketError.NotConnected);
                }

                return await process.Client.GetStringAsync(new Uri("crash/arrivals", UriKind.Relative), ct);
            },
            cancellationToken
        );

        result.ShouldStartWith("{");
        (tries, harness.Restarts).ShouldBe((2, 1));
    }
}
