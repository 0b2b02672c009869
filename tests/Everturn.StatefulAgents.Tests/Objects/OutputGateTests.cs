using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Objects;

/// <summary>Nothing leaves an object before what it wrote is durable (Durable Objects, output gate).</summary>
public sealed class OutputGateTests : WorkerTests
{
    [Fact]
    public async Task DO_07_A_reply_and_a_message_are_not_seen_before_the_commit()
    {
        var client = await Host.ConnectAsync<Worker>("w");
        await Get().CallAsync(agent => agent.Storage.Put("k", 0));
        using var reached = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Fault = fault =>
        {
            if (fault == CommitFault.Commit)
            {
                reached.Set();
                go.Wait();
            }
        };

        var call = Get()
            .CallAsync(agent =>
            {
                agent.Storage.Put("k", 1);
                agent.Connections.Broadcast("written");
            });
        await Eventually.IsAsync(() => reached.IsSet);

        call.IsCompleted.ShouldBeFalse();
        client.Frames.ShouldNotContain("written");
        Fault = null;
        go.Set();
        await call;
        client.Frames.ShouldContain("written");
    }

    [Fact]
    public async Task DO_07_A_failed_commit_drops_the_replies_and_resets_the_object()
    {
        var client = await Host.ConnectAsync<Worker>("w");
        await Get()
            .CallAsync(agent =>
            {
                agent.Storage.Put("k", "before");
                agent.Field = 1;
            });
        Fault = fault =>
        {
            if (fault == CommitFault.Commit)
            {
                Fault = null;
                throw new IOException("the disk");
            }
        };

        await Should.ThrowAsync<OutcomeUnknownException>(() =>
            Get()
                .CallAsync(agent =>
                {
                    agent.Storage.Put("k", "after");
                    agent.Connections.Broadcast("after");
                })
        );

        client.Frames.ShouldNotContain("after");
        client.Closed!.Value.Code.ShouldBe(1012);
        (await Get().CallAsync(agent => agent.Storage.Get<string>("k"))).ShouldBe("before");
        (await Get().CallAsync(agent => agent.Field)).ShouldBe(0);
    }

    [Fact]
    public async Task DO_08_Writes_without_an_await_commit_together_and_a_later_throw_does_not_undo_committed_ones()
    {
        await Should.ThrowAsync<InvalidOperationException>(() =>
            Get()
                .CallAsync(async agent =>
                {
                    agent.Storage.Put("a", 1);
                    agent.Storage.Put("b", 2);
                    await agent.Storage.SyncAsync();
                    throw new InvalidOperationException("later");
                })
        );
        await RestartAsync();

        (await Get().CallAsync(agent => agent.Storage.List<int>().Count)).ShouldBe(2);
    }

    [Fact]
    public async Task DO_09_Sync_returns_when_what_was_written_before_is_durable()
    {
        await Get()
            .CallAsync(async agent =>
            {
                await agent.Storage.SyncAsync();
                agent.Storage.Put("k", 1);
                var sync = agent.Storage.SyncAsync();
                sync.IsCompleted.ShouldBeFalse();
                await sync;
            });
    }

    [Fact]
    public async Task A_call_of_another_object_leaves_when_what_was_written_before_is_durable()
    {
        await Get("one").CallAsync(agent => agent.Storage.Put("k", 0));
        await Get("two").CallAsync(agent => agent.Field);
        var committed = 0;
        var seen = -1;
        Fault = fault => committed += fault == CommitFault.Committed ? 1 : 0;

        await Get("one")
            .CallAsync(async agent =>
            {
                agent.Storage.Put("k", 1);
                await Get("two").CallAsync(_ => seen = committed);
            });

        seen.ShouldBe(1);
    }

    [Fact]
    public async Task An_aborted_turn_leaves_nothing_behind()
    {
        var error = await Should.ThrowAsync<ObjectResetException>(() =>
            Get()
                .CallAsync(agent =>
                {
                    agent.Storage.Put("k", 1);
                    agent.AbortNow("enough");
                })
        );

        error.Message.ShouldContain("enough");
        (await Get().CallAsync(agent => agent.Storage.TryGet<int>("k", out _))).ShouldBeFalse();
    }
}
