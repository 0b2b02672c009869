using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Objects;

/// <summary>SQL, values by key and transactions.</summary>
public sealed class StorageTests : WorkerTests
{
    [Fact]
    public async Task What_stands_in_braces_is_a_parameter_and_never_text_of_the_statement()
    {
        var evil = "x'); DROP TABLE notes; --";
        var rows = await Get()
            .CallAsync(agent =>
            {
                agent.Query($"CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, size REAL, raw BLOB)");
                agent.Query(
                    $"INSERT INTO notes (text, size, raw) VALUES ({evil}, {1.5}, {new byte[] { 1, 2 }}), ({(string?)null}, {2L}, {(byte[]?)null})"
                );
                return agent.Query($"SELECT * FROM notes WHERE id <= {5} ORDER BY id");
            });

        rows.Columns.ShouldBe(["id", "text", "size", "raw"]);
        rows.Count.ShouldBe(2);
        rows[0]["text"].AsText().ShouldBe(evil);
        rows[0]["size"].AsDouble().ShouldBe(1.5);
        rows[0]["raw"].AsBlob().ShouldBe([1, 2]);
        rows[1]["text"].IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task DO_12_One_row_is_exactly_one_and_columns_of_one_name_are_all_there()
    {
        var rows = await Get().CallAsync(agent => agent.Query($"SELECT 1 AS a, 2 AS a"));

        rows.One()["a"].AsLong().ShouldBe(2);
        rows[0].Values.Select(value => value.AsLong()).ShouldBe([1, 2]);
        var two = await Get().CallAsync(agent => agent.Query($"SELECT 1 UNION SELECT 2"));
        Should.Throw<InvalidOperationException>(() => two.One()).Message.ShouldContain("exactly one");
        var none = await Get().CallAsync(agent => agent.Query($"SELECT 1 WHERE 0"));
        Should.Throw<InvalidOperationException>(() => none.One()).Message.ShouldContain("no results");
        none.Columns.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    [InlineData("SAVEPOINT x")]
    [InlineData("ATTACH 'other.db' AS other")]
    [InlineData("PRAGMA journal_mode=DELETE")]
    [InlineData("PRAGMA synchronous=OFF")]
    [InlineData("CREATE TABLE _cf_mine (a)")]
    [InlineData("SELECT * FROM _cf_KV")]
    [InlineData("SELECT 1; COMMIT")]
    [InlineData("no sql at all")]
    public async Task DO_13_What_belongs_to_the_host_is_refused_and_the_object_goes_on(string sql)
    {
        await Get().CallAsync(agent => agent.Storage.Put("k", 1));

        var error = await Should.ThrowAsync<SqlQueryException>(() =>
            Get().CallAsync(agent => agent.Context.Sql(sql, []))
        );

        error.Message.ShouldStartWith("SQL query failed: ");
        error.Query.ShouldBe(sql);
        (await Get().CallAsync(agent => agent.Storage.Get<int>("k"))).ShouldBe(1);
    }

    [Fact]
    public async Task Several_statements_run_all_or_none()
    {
        await Get().CallAsync(agent => agent.Query($"CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)"));
        await Should.ThrowAsync<SqlQueryException>(() =>
            Get().CallAsync(agent => agent.Query($"INSERT INTO t VALUES (2); INSERT INTO t VALUES (1)"))
        );

        (await Get().CallAsync(agent => agent.Query($"SELECT count(*) FROM t").One()[0].AsLong())).ShouldBe(1);
    }

    [Fact]
    public async Task DO_10_A_transaction_that_throws_is_undone_with_its_messages_and_its_state()
    {
        var client = await Host.ConnectAsync<Worker>("w");
        await Get().CallAsync(agent => agent.SetState(new CounterState(1)));
        await Get()
            .CallAsync(agent =>
            {
                Should.Throw<InvalidOperationException>(() =>
                    agent.Storage.Transaction(() =>
                    {
                        agent.Storage.Put("outer", 1);
                        agent.Connections.Broadcast("undone");
                        agent.SetState(new CounterState(2));
                        agent.Storage.Transaction(() => agent.Storage.Put("inner", 1));
                        throw new InvalidOperationException();
                    })
                );
                agent.Storage.Transaction(() => agent.Storage.Put("kept", 1));
                agent.State!.Count.ShouldBe(1);
            });

        (await Get().CallAsync(agent => agent.Storage.List<int>().Select(pair => pair.Key).ToList())).ShouldBe([
            "kept",
        ]);
        client.Frames.ShouldNotContain("undone");
    }

    [Fact]
    public async Task DO_11_A_statement_that_takes_the_whole_transaction_back_resets_the_object_with_nothing_of_it_left()
    {
        await Get().CallAsync(agent => agent.Query($"CREATE TABLE t (a UNIQUE)"));
        await Get().CallAsync(agent => agent.Query($"INSERT INTO t VALUES (1)"));
        var client = await Host.ConnectAsync<Worker>("w");

        await Should.ThrowAsync<EverturnException>(() =>
            Get()
                .CallAsync(agent =>
                {
                    agent.Storage.Put("before", 1);
                    agent.Connections.Broadcast("undone");
                    agent.Query($"INSERT OR ROLLBACK INTO t VALUES (1)");
                })
        );

        (await Get().CallAsync(agent => agent.Storage.TryGet<int>("before", out _))).ShouldBeFalse();
        client.Frames.ShouldNotContain("undone");
    }

    [Fact]
    public async Task DO_29_Lists_are_ordered_and_bounded_and_limits_are_told()
    {
        await Get()
            .CallAsync(agent =>
            {
                foreach (var key in (string[])["b", "a/2", "a/1", "c", "ä"])
                {
                    agent.Storage.Put(key, key);
                }

                Keys(agent).ShouldBe(["a/1", "a/2", "b", "c", "ä"]);
                Keys(agent, new() { Prefix = "a/" }).ShouldBe(["a/1", "a/2"]);
                Keys(agent, new() { Start = "a/2", End = "c" }).ShouldBe(["a/2", "b"]);
                Keys(agent, new() { StartAfter = "b", Limit = 1 }).ShouldBe(["c"]);
                Keys(agent, new() { Reverse = true, Limit = 2 }).ShouldBe(["ä", "c"]);
                agent.Storage.Delete("b").ShouldBeTrue();
                agent.Storage.Delete("b").ShouldBeFalse();
                Should
                    .Throw<InvalidInputException>(() => agent.Storage.List<string>(new() { Limit = 0 }))
                    .Detail.ShouldBe("List limit must be positive.");
                Should
                    .Throw<InvalidInputException>(() => agent.Storage.Put(new string('k', 2049), 1))
                    .Message.ShouldContain("A key of size 2049 was provided.");
                Should.Throw<InvalidInputException>(() => agent.Storage.Put("big", new string('v', 2 * 1024 * 1024)));
            });

        static IEnumerable<string> Keys(Worker agent, StorageListOptions? options = null) =>
            agent.Storage.List<string>(options).Select(pair => pair.Key);
    }

    [Fact]
    public async Task DO_20_Deleting_everything_takes_tables_state_and_schedules_along()
    {
        await Get()
            .CallAsync(agent =>
            {
                agent.Query($"CREATE TABLE t (a)");
                agent.Query($"CREATE VIEW v AS SELECT * FROM t");
                agent.SetState(new CounterState(3));
                agent.Storage.Put("k", 1);
                agent.Schedules.Add(TimeSpan.FromHours(1), "record", "late");
            });
        await Get().CallAsync(agent => agent.Storage.DeleteAll());
        await RestartAsync();

        await Get()
            .CallAsync(agent =>
            {
                agent.Query($"SELECT * FROM sqlite_schema").Count.ShouldBe(0);
                agent.HasState.ShouldBeFalse();
                agent.Schedules.List().ShouldBeEmpty();
            });
    }

    [Fact]
    public async Task An_object_that_writes_nothing_has_no_file_and_one_that_does_is_one_small_file_when_idle()
    {
        await Get("reader").CallAsync(agent => agent.Storage.Get<int>("k"));
        Data.ObjectFiles.ShouldBeEmpty();

        await Get("writer").CallAsync(agent => agent.SetState(new CounterState(1)));
        await RestartAsync();

        var file = Data.ObjectFiles.ShouldHaveSingleItem();
        file.ShouldEndWith(".db");
        new FileInfo(file).Length.ShouldBeLessThan(40 * 1024);
    }
}
