using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>Two processes on one data directory.</summary>
public sealed class TwoHostTests(ITestOutputHelper output) : IAsyncDisposable
{
    private readonly CrashHarness _first = new(Hosts.Program(leaseMs: 1_000));
    private CrashHarness? _second;

    [Fact]
    public async Task The_second_takes_over_soon_after_the_first_was_killed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (first, second) = await StartBothAsync(cancellationToken);
        var reader = new SessionReader("s1");
        await HoldAsync(first, "s1", cancellationToken);
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains(" it:"), cancellationToken);

        await first.KillAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains("step_discarded"), cancellationToken);
        var takeover = watch.Elapsed;
        Hosts.Release(_first);

        await VerifyAsync(second, reader, cancellationToken);
        output.WriteLine($"Took over after {takeover.TotalMilliseconds:F0} ms.");
        takeover.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_owner_that_was_stopped_past_its_takeover_writes_nothing_when_it_goes_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (first, second) = await StartBothAsync(cancellationToken);
        var reader = new SessionReader("s1");
        await HoldAsync(first, "s1", cancellationToken);
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains(" it:"), cancellationToken);

        first.Stop();
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains("step_discarded"), cancellationToken);
        // The first one's model call goes on at once when it wakes, and wants to write what it says.
        Hosts.Release(_first);
        await VerifyAsync(second, reader, cancellationToken);
        var before = await second.Client.ReadEvidenceAsync("s1", cancellationToken);
        first.Continue();

        // Once it has done new work of its own, it has long noticed what it lost.
        await StartAsync(first, "s2", cancellationToken);
        await new SessionReader("s2").ReadToEndAsync(first.Client, cancellationToken);
        foreach (var host in (CrashProcess[])[first, second])
        {
            var after = await host.Client.ReadEvidenceAsync("s1", cancellationToken);
            after.Chunks.ShouldBe(before.Chunks);
            after.Runs.ShouldBe(before.Runs);
            after.Messages.Count.ShouldBe(before.Messages.Count);
        }
    }

    [Fact]
    public async Task An_owner_that_goes_on_while_its_run_is_executed_elsewhere_does_not_take_it_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (first, second) = await StartBothAsync(cancellationToken);
        var reader = new SessionReader("s1");
        await HoldAsync(first, "s1", cancellationToken);
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains(" it:"), cancellationToken);

        first.Stop();
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains("step_discarded"), cancellationToken);
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains(" it:"), cancellationToken);
        first.Continue();
        // More than the engine's pause between attempts, in work that only a host in good health completes.
        for (var i = 0; i < 100; i++)
        {
            await StartAsync(first, $"other-{i}", cancellationToken, "tool");
            await new SessionReader($"other-{i}").ReadToEndAsync(first.Client, cancellationToken);
        }

        Hosts.Release(_first);
        await reader.ReadToEndAsync(second.Client, cancellationToken);
        var session = await second.Client.ReadEvidenceAsync("s1", cancellationToken);
        new InvariantChecker().Session(session).Completed(session, 1).Reader(session, reader).Verify();
        session.Chunks.Count(chunk => chunk.Json.Contains("step_discarded")).ShouldBe(1);
    }

    [Fact]
    public async Task An_interrupt_written_by_a_process_that_is_not_the_owner_takes_effect()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (first, second) = await StartBothAsync(cancellationToken);
        var reader = new SessionReader("s1");
        await HoldAsync(first, "s1", cancellationToken);
        await reader.ReadUntilAsync(second.Client, chunk => chunk.Json.Contains(" it:"), cancellationToken);

        using var response = await second.Client.PostAsJsonAsync(
            "sessions/s1/interrupt",
            new { reason = "enough" },
            cancellationToken
        );
        response.IsSuccessStatusCode.ShouldBeTrue();
        await reader.ReadToEndAsync(second.Client, cancellationToken);

        var session = await second.Client.ReadEvidenceAsync("s1", cancellationToken);
        session.Runs.ShouldHaveSingleItem().Status.ShouldBe("interrupted");
        session.Messages[^1].Content.ShouldBe("Wait for it:");
        session.Messages[^1].Partial.ShouldBeTrue();
        new InvariantChecker().Session(session).Reader(session, reader).Verify();
    }

    [Fact]
    public async Task What_an_instance_of_one_process_asks_is_answered_in_another_also_after_the_death_of_the_first()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (first, second) = await StartBothAsync(cancellationToken);
        foreach (var id in new[] { "both", "alone" })
        {
            using var created = await first.Client.PostAsync($"crash/workflows/asking/{id}", null, cancellationToken);
            created.IsSuccessStatusCode.ShouldBeTrue();
        }

        await ApproveAsync(second, "both", cancellationToken);
        await UntilCompleteAsync(second, "both", cancellationToken);
        await first.KillAsync(cancellationToken);
        await ApproveAsync(second, "alone", cancellationToken);
        await UntilCompleteAsync(second, "alone", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        await _first.DisposeAsync();
    }

    private async Task<(CrashProcess First, CrashProcess Second)> StartBothAsync(CancellationToken cancellationToken)
    {
        _second = new(Hosts.Program(leaseMs: 1_000), _first.DataDirectory);
        var first = await _first.StartAsync(cancellationToken: cancellationToken);
        return (first, await _second.StartAsync(cancellationToken: cancellationToken));
    }

    private static async Task ApproveAsync(CrashProcess host, string instanceId, CancellationToken cancellationToken)
    {
        string? approvalId = null;
        while (approvalId is null)
        {
            var page = await host.Client.GetFromJsonAsync<JsonElement>("approvals?workflow=asking", cancellationToken);
            approvalId = page.GetProperty("approvals")
                .EnumerateArray()
                .Where(call => call.GetProperty("instanceId").GetString() == instanceId)
                .Select(call => call.GetProperty("approvalId").GetString())
                .FirstOrDefault();
        }

        using var answered = await host.Client.PostAsJsonAsync(
            $"approvals/{approvalId}",
            new { kind = "approve" },
            cancellationToken
        );
        answered.IsSuccessStatusCode.ShouldBeTrue();
    }

    private static async Task UntilCompleteAsync(
        CrashProcess host,
        string instanceId,
        CancellationToken cancellationToken
    )
    {
        var path = $"crash/workflows/asking/{instanceId}";
        JsonElement view;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            view = await host.Client.GetFromJsonAsync<JsonElement>(path, cancellationToken);
        } while (view.GetProperty("status").GetString() is "queued" or "running" or "waiting");

        view.GetProperty("output").GetString().ShouldBe("approved 40 expired");
    }

    private static Task HoldAsync(CrashProcess host, string sessionId, CancellationToken cancellationToken) =>
        StartAsync(host, sessionId, cancellationToken);

    private static async Task StartAsync(
        CrashProcess host,
        string sessionId,
        CancellationToken cancellationToken,
        string agent = "held"
    )
    {
        using var response = await host.Client.StartSessionAsync(
            agent,
            sessionId,
            "one",
            cancellationToken: cancellationToken
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task VerifyAsync(CrashProcess host, SessionReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadToEndAsync(host.Client, cancellationToken);
        var session = await host.Client.ReadEvidenceAsync(reader.SessionId, cancellationToken);
        var effects = Hosts.Effects(_first).Count("end");
        new InvariantChecker()
            .Session(session)
            .Completed(session, 1)
            .Reader(session, reader)
            .Effects(effects.ToDictionary(effect => effect.Key, _ => 1), effects, calls: 1)
            .Verify();
    }
}
