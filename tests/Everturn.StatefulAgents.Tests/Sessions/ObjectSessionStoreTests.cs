using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Everturn.Sessions;
using Everturn.Sqlite;
using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Tests.Fixtures;
using Everturn.Storage;

namespace Everturn.StatefulAgents.Tests.Sessions;

/// <summary>Sessions in an object's own database, beside what the object itself stores.</summary>
public sealed class ObjectSessionStoreTests : WorkerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_uses_it_by_hand_and_finds_it_again_after_a_restart()
    {
        await Get()
            .CallAsync(async agent =>
            {
                var sessions = new SqliteSessionStore(agent.Storage);
                (await sessions.CommitAsync(Conversation.Start())).IsApplied.ShouldBeTrue();
                await sessions.CommitAsync(Conversation.Say("hi"));
                await sessions.RecordEntryAsync(Conversation.Key, Conversation.Usage());
            });
        await RestartAsync();

        await Get()
            .CallAsync(async agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);

                (await store.GetMessagesAsync(Conversation.Key, 0, 10)).Messages.ShouldHaveSingleItem();
                (await store.ReadChunksAsync(Conversation.Key, 0, 10)).ShouldHaveSingleItem().Sequence.ShouldBe(1);
                (await store.GetStreamAsync()).ShouldBe(1);
                (await store.GetEntriesAsync(Conversation.Key, new())).Items.ShouldHaveSingleItem();
                (await store.GetRollupAsync(Conversation.Key)).Tokens.Total.ShouldBe(15);
            });
    }

    [Fact]
    public async Task In_a_turn_it_commits_with_what_the_object_writes()
    {
        var commits = 0;
        await Get().CallAsync(agent => agent.Field = 1);
        Fault = fault => commits += fault == CommitFault.Commit ? 1 : 0;
        await Get()
            .CallAsync(async agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                agent.Storage.Put("k", 1);
                await store.CommitAsync(Conversation.Start());
                await store.CommitAsync(Conversation.Say("hi"));
                (await store.GetStreamAsync()).ShouldBe(1);
                agent.Storage.Put("k", 2);
            });

        commits.ShouldBe(1);
    }

    [Fact]
    public async Task What_fails_with_the_turns_commit_is_not_there_and_nobody_was_told()
    {
        var listener = new Listener();
        await Get().CallAsync(agent => agent.Storage.Put("k", "before"));
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
                .CallAsync(async agent =>
                {
                    var store = new SqliteSessionStore(agent.Storage);
                    store.Listen(listener);
                    agent.Storage.Put("k", "after");
                    await store.CommitAsync(Conversation.Start());
                })
        );

        listener.Heard.ShouldBeEmpty();
        await Get()
            .CallAsync(async agent =>
            {
                agent.Storage.Get<string>("k").ShouldBe("before");
                (await new SqliteSessionStore(agent.Storage).GetSessionAsync(Conversation.Key)).ShouldBeNull();
            });
    }

    [Fact]
    public async Task What_a_transaction_undoes_is_not_there_and_nobody_is_told()
    {
        var listener = new Listener();
        await Get()
            .CallAsync(async agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                store.Listen(listener);
                Should.Throw<TimeoutException>(() =>
                    agent.Storage.Transaction(() =>
                    {
                        store.CommitAsync(Conversation.Start()).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
                        throw new TimeoutException();
                    })
                );

                (await store.GetSessionAsync(Conversation.Key)).ShouldBeNull();
                (await store.CommitAsync(Conversation.Start())).IsApplied.ShouldBeTrue();
            });

        listener.Heard.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Listeners_and_the_change_signal_hear_of_what_is_durable()
    {
        var listener = new Listener();
        var signals = 0;
        using var reached = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var store = await Get()
            .CallAsync(agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                store.Listen(listener);
                store.Changes.Subscribe(() => signals++);
                return store;
            });
        Fault = fault =>
        {
            if (fault == CommitFault.Commit)
            {
                reached.Set();
                go.Wait();
            }
        };

        var call = Get().CallAsync(async agent => await store.CommitAsync(Conversation.Start()));
        await Eventually.IsAsync(() => reached.IsSet);
        listener.Heard.ShouldBeEmpty();
        signals.ShouldBe(0);
        Fault = null;
        go.Set();
        await call;

        listener.Heard.ShouldHaveSingleItem();
        signals.ShouldBe(1);
    }

    [Fact]
    public async Task From_elsewhere_it_takes_turns_and_what_it_returns_is_durable()
    {
        var store = await Get().CallAsync(agent => new SqliteSessionStore(agent.Storage));
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

        var commit = store.CommitAsync(Conversation.Start(), Token).AsTask();
        await Eventually.IsAsync(() => reached.IsSet);
        commit.IsCompleted.ShouldBeFalse();
        Fault = null;
        go.Set();

        (await commit).IsApplied.ShouldBeTrue();
        (await store.GetSessionAsync(Conversation.Key, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Library_code_that_leaves_the_objects_thread_can_use_it_also_where_everything_else_waits()
    {
        Script.OnStart = async agent =>
        {
            var store = new SqliteSessionStore(agent.Storage);
            await Task.Run(async () => await store.CommitAsync(Conversation.Start()).ConfigureAwait(false));
            await agent.BlockAsync(async () =>
                await Task.Run(async () => await store.CommitAsync(Conversation.Say("hi")).ConfigureAwait(false))
            );
        };

        (await Get().CallAsync(agent => new SqliteSessionStore(agent.Storage).GetStreamAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task The_store_of_a_stay_that_has_ended_refuses()
    {
        var store = await Get().CallAsync(agent => new SqliteSessionStore(agent.Storage));
        await Should.ThrowAsync<ObjectResetException>(() => Get().CallAsync(agent => agent.AbortNow("asked")));

        await Should.ThrowAsync<ObjectResetException>(async () => await store.CommitAsync(Conversation.Start(), Token));
        await Get()
            .CallAsync(async agent =>
                (await new SqliteSessionStore(agent.Storage).GetSessionAsync(Conversation.Key)).ShouldBeNull()
            );
    }

    [Fact]
    public async Task Tables_of_the_user_may_have_the_same_names_and_the_stores_own_cannot_be_reached()
    {
        await Get()
            .CallAsync(async agent =>
            {
                agent.Query($"CREATE TABLE sessions (id TEXT); CREATE TABLE messages (text TEXT)");
                agent.Query($"CREATE TABLE schema_versions (id TEXT); INSERT INTO messages (text) VALUES ('mine')");
                var store = new SqliteSessionStore(agent.Storage);
                await store.CommitAsync(Conversation.Start());

                (await store.GetMessagesAsync(Conversation.Key, 0, 10)).Messages[0].Content.ShouldBe("hello");
                agent.Query($"SELECT text FROM messages")[0][0].AsText().ShouldBe("mine");
                agent.Query($"SELECT * FROM sessions").Count.ShouldBe(0);
                Should
                    .Throw<SqlQueryException>(() => agent.Query($"SELECT * FROM _cf_everturn_messages"))
                    .Message.ShouldContain("reserved");
                agent
                    .Query(
                        $"""
                        SELECT name FROM sqlite_schema
                        WHERE name NOT LIKE '\_cf\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
                        """
                    )
                    .Select(row => row[0].AsText())
                    .ShouldBe(["sessions", "messages", "schema_versions"], ignoreOrder: true);
            });
    }

    [Fact]
    public async Task Deleting_everything_deletes_the_sessions_and_the_next_use_begins_anew()
    {
        await Get()
            .CallAsync(async agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                await store.CommitAsync(Conversation.Start());
                agent.Storage.DeleteAll();

                (await store.GetSessionAsync(Conversation.Key)).ShouldBeNull();
                (await store.CommitAsync(Conversation.Start())).IsApplied.ShouldBeTrue();
            });
        await Get().CallAsync(agent => agent.DestroyAsync());
        await Get()
            .CallAsync(async agent =>
                (await new SqliteSessionStore(agent.Storage).GetSessionAsync(Conversation.Key)).ShouldBeNull()
            );
    }

    [Fact]
    public async Task Content_of_any_size_is_in_the_objects_own_file()
    {
        var text = new string('x', 600_000);
        await Get()
            .CallAsync(async agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                await store.GetSessionAsync(Conversation.Key);
                agent.Storage.DatabaseSize.ShouldBeLessThan(64 * 1024);
                await store.CommitAsync(Conversation.Start() with { Messages = [AgentMessage.FromUser(text)] });

                (await store.GetMessagesAsync(Conversation.Key, 0, 1)).Messages[0].Content.ShouldBe(text);
                agent.Storage.DatabaseSize.ShouldBeGreaterThan(text.Length);
            });

        Directory.EnumerateFiles(Path.Combine(Data.Path, "blobs"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_turn_no_commit_leaves_it()
    {
        await Get()
            .CallAsync(agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                store.CommitAsync(Conversation.Start()).AsTask().IsCompletedSuccessfully.ShouldBeTrue();

                store.CommitAsync(Conversation.Wait()).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
                store.GetQueueAsync(Conversation.Key).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
            });
    }

    [Fact]
    public async Task Only_the_objects_owner_may_own_its_runs()
    {
        await Get()
            .CallAsync(async agent =>
            {
                var store = new SqliteSessionStore(agent.Storage);
                var owner = ((ObjectActivation)agent.Context).Placement.Node;
                var other = new NodeIdentity(owner.NodeId, owner.Epoch + 1);

                await Should.ThrowAsync<OwnershipLostException>(async () =>
                    await store.CommitAsync(Conversation.Start(other))
                );
                (await store.CommitAsync(Conversation.Start(owner))).Run!.Owner!.Value.Node.ShouldBe(owner);
            });
    }

    [Fact]
    public void Other_storage_is_refused() =>
        Should
            .Throw<ArgumentException>(() => new SqliteSessionStore(DispatchProxy.Create<IAgentStorage, OtherStorage>()))
            .ParamName.ShouldBe("storage");

    [SuppressMessage("Performance", "CA1852", Justification = "A proxy's type derives from it.")]
    [SuppressMessage("Design", "MA0053", Justification = "A proxy's type derives from it.")]
    private class OtherStorage : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }

    private sealed class Listener : ISessionCommitListener
    {
        public List<SessionCommit> Heard { get; } = [];

        public void Committed(SessionCommit commit, SessionCommitResult result) => Heard.Add(commit);

        public void Deleted(SessionKey key) { }
    }
}
