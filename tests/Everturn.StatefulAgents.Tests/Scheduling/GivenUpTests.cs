using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Scheduling;

/// <summary>
/// Callbacks that never come to their end, as one that ends the process does not. Here they reset the object instead,
/// and each start is one of a new host.
/// </summary>
public sealed class GivenUpTests : WorkerTests
{
    private int _starts;

    [Fact]
    public async Task A_schedule_that_was_started_five_times_after_restarts_is_removed_and_the_others_go_on()
    {
        Script.Act = EndItAll;
        await Get()
            .CallAsync(agent =>
            {
                agent.Schedules.AddEvery(TimeSpan.FromSeconds(1), "act", "again");
                agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "kept");
            });
        Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsAsync(() => _starts > 0);

        await RestartUntilAsync(() =>
            Script.Notes.Any(note => note.StartsWith("error act of", StringComparison.Ordinal))
        );

        await Eventually.IsAsync(() => Script.Count("w kept") == 1);
        (await Get().CallAsync(agent => agent.Schedules.List())).ShouldBeEmpty();
        GivenUp().ShouldHaveSingleItem().ShouldContain("started 5 times");
    }

    [Fact]
    public async Task An_item_of_the_queue_is_given_up_alike()
    {
        Script.Act = EndItAll;
        await Get()
            .CallAsync(agent =>
            {
                agent.Queue.Add("act", "now");
                agent.Queue.Add("record", "next");
            });
        await Eventually.IsAsync(() => _starts > 0);

        await RestartUntilAsync(() => Script.Count("w next") == 1);

        (await Get().CallAsync(agent => agent.Queue.List())).ShouldBeEmpty();
        GivenUp().ShouldHaveSingleItem().ShouldContain("started 5 times");
    }

    [Fact]
    public async Task One_that_ends_at_last_is_counted_from_the_beginning()
    {
        Script.Act = (agent, what, call) => _starts % 4 == 3 ? Count() : EndItAll(agent, what, call);
        await Get().CallAsync(agent => agent.Schedules.AddEvery(TimeSpan.FromSeconds(1), "act", "again"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsAsync(() => _starts == 1);

        for (var expected = 2; expected <= 12; expected++)
        {
            await RestartAsync(Later);
            await Eventually.IsAsync(() => _starts == expected);
        }

        (await Get().CallAsync(agent => agent.Schedules.List())).ShouldHaveSingleItem();

        Task Count()
        {
            _starts++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_host_that_stops_of_its_own_accord_is_nobodys_fault()
    {
        Script.Act = async (agent, _, _) =>
        {
            _starts++;
            if (_starts < 10)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, Time, agent.Lifetime);
            }
        };
        await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "act", "long"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsAsync(() => _starts == 1);

        for (var expected = 2; expected <= 10; expected++)
        {
            await RestartAsync(Later);
            await Eventually.IsAsync(() => _starts == expected);
        }

        await Eventually.IsAsync(async () => (await Get().CallAsync(agent => agent.Schedules.List())).Count == 0);
        GivenUp().ShouldBeEmpty();
    }

    private protected override void Configure(StatefulAgentHostOptions options) =>
        options.ShutdownGrace = TimeSpan.Zero;

    // How often a host starts it before it stops depends on what is first; what counts is that it ends, and not at once.
    private async Task RestartUntilAsync(Func<bool> isOver)
    {
        var restarts = 0;
        while (!isOver())
        {
            var before = _starts;
            await RestartAsync(Later);
            await Eventually.IsAsync(() => _starts > before || isOver());
            (++restarts).ShouldBeLessThan(20);
        }

        _starts.ShouldBeGreaterThanOrEqualTo(6);
    }

    private List<string> GivenUp() =>
        [
            .. Host
                .Log.Entries.Where(entry => entry.Event == 2327)
                .Select(entry => entry.Text)
                .Where(text => text.Contains(nameof(CallbackGivenUpException), StringComparison.Ordinal)),
        ];

    private void Later() => Time.Advance(TimeSpan.FromSeconds(1));

    private async Task EndItAll(Worker agent, string what, object call)
    {
        // An item is durable before its callback ends everything.
        await agent.Storage.SyncAsync();
        _starts++;
        agent.AbortNow(what);
    }
}
