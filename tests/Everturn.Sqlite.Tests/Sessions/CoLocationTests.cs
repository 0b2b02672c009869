using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Sqlite.Workflows;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;
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

    [Fact]
    public async Task The_instance_is_the_one_that_the_outbox_would_have_created_and_goes_with_the_session()
    {
        await using var harness = await OpenAsync();
        var store = new SqliteSessionStore(harness.Database, null, new CoLocatedInstances(harness.Database));
        var result = await store.CommitAsync(StartOf("r-1", Key, "hello", harness.Self, workflow: "agent-run"), Token);
        var workflows = new SqliteWorkflowStore(harness.Database.Storage);

        result.InstanceCreated.ShouldBeTrue();
        var instance = await workflows.FindAsync(new InstanceKey("agent-run", result.Run!.InstanceId), Token);
        (instance!.CreationToken, instance.Owner, instance.OwnerEpoch, instance.CreatedAt).ShouldBe(
            ("r-1", harness.Self, 1, Start)
        );
        Text(instance.Params.Data).ShouldContain("r-1");
        await harness.EndRunAsync(result.Run);
        await harness.Store.DeleteSessionAsync(Key, Start, Token);
        var entry = (await harness.Store.ListOutboxAsync(10, Token)).ShouldHaveSingleItem();
        (entry.Kind, entry.InstanceId).ShouldBe((OutboxKind.DeleteInstance, result.Run.InstanceId));
    }

    [Fact]
    public async Task An_instance_id_that_was_used_is_left_to_the_outbox_which_tells_the_run()
    {
        await using var harness = await OpenAsync();
        var store = new SqliteSessionStore(harness.Database, null, new CoLocatedInstances(harness.Database));
        var workflows = new SqliteWorkflowStore(harness.Database.Storage);
        var used = new InstanceKey("agent-run", "agent__assistant__s-1");
        await workflows.CreateAsync(new NewInstance(used, new Payload(0, 1, Json("{}")), Start), Token);

        var result = await store.CommitAsync(StartOf("r-1", Key, "hello", harness.Self, workflow: "agent-run"), Token);

        (result.IsApplied, result.InstanceCreated).ShouldBe((true, false));
        (await harness.Store.ListOutboxAsync(10, Token)).ShouldHaveSingleItem().InstanceId.ShouldBe(used.Id);
    }

    private sealed class RecordingInstances : ICoLocatedInstances
    {
        public bool Accepts { get; init; }

        public List<(OutboxEntry Entry, NodeIdentity? Owner)> Asked { get; } = [];

        public bool TryInsert(SqliteConnection connection, OutboxEntry start, NodeIdentity? owner, DateTimeOffset at)
        {
            at.ShouldBe(Start);
            Asked.Add((start, owner));
            return Accepts;
        }
    }
}
