using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Storage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class CoLocationTests
{
    [Fact]
    public async Task With_co_location_the_instance_is_created_in_the_commit_of_its_run()
    {
        var instances = new RecordingInstances { Accepts = true };
        await using var harness = await OpenAsync(instances: instances);

        var result = await harness.CommitAsync(StartOf("r-1", Key, "hello", harness.Self, workflow: "agent-run"));

        result.InstanceCreated.ShouldBeTrue();
        (await harness.Store.ListOutboxAsync(10, Token)).ShouldBeEmpty();
        var (entry, owner) = instances.Asked.ShouldHaveSingleItem();
        (entry.InstanceId, entry.Token, entry.WorkflowName).ShouldBe((result.Run!.InstanceId, "r-1", "agent-run"));
        owner.ShouldBe(harness.Self);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Without_it_or_where_the_other_store_declines_the_outbox_asks_for_the_instance(
        bool coLocate,
        bool accepts
    )
    {
        var instances = new RecordingInstances { Accepts = accepts };
        await using var harness = await OpenAsync(
            instances: instances,
            configure: options => options.CoLocateInstances = coLocate
        );

        var result = await harness.CommitAsync(StartOf("r-1", Key, "hello", harness.Self, workflow: "agent-run"));

        result.InstanceCreated.ShouldBeFalse();
        instances.Asked.Count.ShouldBe(coLocate ? 1 : 0);
        var entry = (await harness.Store.ListOutboxAsync(10, Token)).ShouldHaveSingleItem();
        (entry.Kind, entry.InstanceId, entry.Token).ShouldBe((OutboxKind.StartInstance, result.Run!.InstanceId, "r-1"));
        await harness.Store.CompleteOutboxAsync([entry.Id], Token);
        (await harness.Store.ListOutboxAsync(10, Token)).ShouldBeEmpty();
    }

    private sealed class RecordingInstances : ICoLocatedInstances
    {
        public bool Accepts { get; init; }

        public List<(OutboxEntry Entry, NodeIdentity? Owner)> Asked { get; } = [];

        public bool TryInsert(SqliteConnection connection, OutboxEntry start, NodeIdentity? owner)
        {
            Asked.Add((start, owner));
            return Accepts;
        }
    }
}
