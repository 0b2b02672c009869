using System.Net;
using System.Net.Http.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// Two processes that serve the same objects of one data directory. An object belongs to the process that was asked
/// for it first, for as long as that lives; the other one says so and changes nothing.
/// </summary>
public sealed class TwoHostObjectsTests : IAsyncDisposable
{
    private readonly CrashHarness _first = new(Hosts.Program(leaseMs: 1_000));
    private CrashHarness? _second;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I1_each_object_is_live_in_one_process_however_many_ask_both_at_once()
    {
        const int objects = 20;
        const int rounds = 10;
        var (first, second) = await StartBothAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, objects * rounds)
                .SelectMany(i =>
                    new[] { CountAsync(first, $"desk-{i % objects}"), CountAsync(second, $"desk-{i % objects}") }
                )
        );

        foreach (var desk in answers.GroupBy(answer => answer.Desk))
        {
            var counted = desk.Where(answer => answer.Value is not null).ToList();
            counted.Select(answer => answer.Host).Distinct().ShouldHaveSingleItem(desk.Key);
            counted.Select(answer => answer.Value!.Value).Order().ShouldBe(Enumerable.Range(1, rounds), desk.Key);
            desk.Where(answer => answer.Value is null)
                .ShouldAllBe(answer => answer.Refusal!.Contains("is owned by node"));
        }
        answers.Count(answer => answer.Value is null).ShouldBe(objects * rounds);
    }

    [Fact]
    public async Task The_other_process_goes_on_with_the_objects_of_one_that_was_killed()
    {
        var (first, second) = await StartBothAsync();
        (await CountAsync(first, "desk")).Value.ShouldBe(1);
        (await CountAsync(second, "desk")).Value.ShouldBeNull();

        await first.KillAsync(Cancel);

        (await UntilCountedAsync(second, "desk")).ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task I1_a_process_that_was_stopped_past_its_takeover_writes_over_nothing_when_it_goes_on(bool hasFile)
    {
        var (first, second) = await StartBothAsync();
        if (hasFile)
        {
            (await CountAsync(first, "desk")).Value.ShouldBe(1);
        }
        else
        {
            // In memory, without anything written, so that no lock of the system's keeps others out.
            await first.Client.GetStringAsync("crash/desks/desk", Cancel);
        }
        first.Stop();
        if (hasFile)
        {
            // What it has open nobody else can open before it goes on.
            await UntilAsync(async () =>
            {
                var refused = await CountAsync(second, "desk");
                return refused.Refusal.ShouldNotBeNull().Contains("still has the object's file");
            });
        }
        else
        {
            (await UntilCountedAsync(second, "desk")).ShouldBe(1);
        }

        first.Continue();
        var late = await CountAsync(first, "desk");

        // Whether it answered before it noticed or not: nothing is counted twice, and nothing is lost.
        var value = await UntilCountedAsync(second, "desk");
        value.ShouldBe(late.Value is { } counted ? counted + 1 : 2);
        await UntilAsync(async () => (await CountAsync(first, "desk")).Refusal!.Contains("is owned by node"));
        (await CountAsync(second, "desk")).Value.ShouldBe(value + 1);
    }

    public async ValueTask DisposeAsync()
    {
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        await _first.DisposeAsync();
    }

    private async Task<(CrashProcess First, CrashProcess Second)> StartBothAsync()
    {
        _second = new(Hosts.Program(leaseMs: 1_000), _first.DataDirectory);
        var first = await _first.StartAsync(cancellationToken: Cancel);
        return (first, await _second.StartAsync(cancellationToken: Cancel));
    }

    private static async Task<int> UntilCountedAsync(CrashProcess host, string desk)
    {
        int? value = null;
        await UntilAsync(async () => (value = (await CountAsync(host, desk)).Value) is not null);
        return value!.Value;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }

    private static async Task<Answer> CountAsync(CrashProcess host, string desk)
    {
        using var response = await host.Client.PostAsync(
            new Uri($"crash/desks/{desk}/count", UriKind.Relative),
            null,
            Cancel
        );
        if (response.IsSuccessStatusCode)
        {
            return new(desk, host.ProcessId, await response.Content.ReadFromJsonAsync<int>(Cancel), null);
        }

        var text = await response.Content.ReadAsStringAsync(Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
        return new(desk, host.ProcessId, null, text);
    }

    private sealed record Answer(string Desk, int Host, int? Value, string? Refusal);
}
