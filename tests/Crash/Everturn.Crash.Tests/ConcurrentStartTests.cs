using System.Net;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>Many starts at once, over real HTTP.</summary>
public sealed class ConcurrentStartTests : IAsyncDisposable
{
    private readonly CrashHarness _harness = new(Hosts.Program());

    [Fact]
    public async Task Invariant_1_of_50_starts_of_one_session_one_runs_and_49_are_refused()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var host = await _harness.StartAsync(cancellationToken: cancellationToken);

        var statuses = await StartAsync(host, 50, _ => null, cancellationToken);
        Hosts.Release(_harness);

        statuses.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
        statuses.Count(status => status == HttpStatusCode.Conflict).ShouldBe(49);
        await VerifyOneRunAsync(host, cancellationToken);
    }

    [Fact]
    public async Task Invariant_4_20_starts_with_one_request_id_are_one_run()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var host = await _harness.StartAsync(cancellationToken: cancellationToken);

        var statuses = await StartAsync(host, 20, _ => "request-1", cancellationToken);
        Hosts.Release(_harness);

        statuses.ShouldAllBe(status => status == HttpStatusCode.OK);
        await VerifyOneRunAsync(host, cancellationToken);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static async Task<HttpStatusCode[]> StartAsync(
        CrashProcess host,
        int count,
        Func<int, string?> requestId,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async i =>
                {
                    using var response = await host.Client.StartSessionAsync(
                        "held",
                        "s1",
                        "one",
                        requestId(i),
                        cancellationToken
                    );
                    return response.StatusCode;
                })
        );

    private static async Task VerifyOneRunAsync(CrashProcess host, CancellationToken cancellationToken)
    {
        await new SessionReader("s1").ReadToEndAsync(host.Client, cancellationToken);
        var session = await host.Client.ReadEvidenceAsync("s1", cancellationToken);
        new InvariantChecker().Session(session).Completed(session, 1).Verify();
    }
}
