using Everturn.Sessions;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Lists of sessions, their filters and pages, and changes of a session's own fields.</summary>
internal static class ListCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("Sessions are listed newest first, those of one moment by id", ListsNewestFirst),
            new("Pages are stable while sessions are added, changed and deleted", PagesAreStable),
            new("Filters narrow a list, alone and together", FiltersNarrow),
            new("Bad cursors and limits are refused", RefusesBadPages),
            new("Tenants see nothing of each other", TenantsAreApart),
            new("A session's own fields change, and what is not given stays", FieldsChange),
            new("A second creation updates user, tags and metadata and keeps the title", CreationUpdates),
        ];

    private static async Task ListsNewestFirst(SessionStoreFixture fixture)
    {
        foreach (var (id, minute) in new[] { ("b", 1), ("a", 1), ("C", 1), ("z", 0), ("m", 2) })
        {
            await CreateAsync(fixture, id, minute).ConfigureAwait(false);
        }

        foreach (var pageSize in new[] { 1, 2, 4, 5, 6 })
        {
            Expect.Sequence(
                ["m", "b", "a", "C", "z"],
                await IdsAsync(fixture, new(), pageSize).ConfigureAwait(false),
                $"pages of {pageSize}"
            );
        }
    }

    private static async Task PagesAreStable(SessionStoreFixture fixture)
    {
        for (var number = 1; number <= 6; number++)
        {
            await CreateAsync(fixture, $"s-{number}", number).ConfigureAwait(false);
        }

        var first = await fixture.Store.ListSessionsAsync(new() { Page = new(2) }).ConfigureAwait(false);
        Expect.Sequence(["s-6", "s-5"], first.Items.Select(session => session.Key.SessionId), "the first page");
        await CreateAsync(fixture, "s-9", 9).ConfigureAwait(false);
        var changed = new Scenario(fixture, "s-4");
        await changed
            .ApplyAsync(changed.Commit() with { SessionChange = new() { Title = "new" } })
            .ConfigureAwait(false);
        await fixture.Store.DeleteSessionAsync(new SessionKey("s-5"), first.Items[0].CreatedAt).ConfigureAwait(false);
        await fixture.Store.DeleteSessionAsync(new SessionKey("s-3"), first.Items[0].CreatedAt).ConfigureAwait(false);
        var second = await fixture
            .Store.ListSessionsAsync(new() { Page = new(2, first.NextCursor) })
            .ConfigureAwait(false);
        Expect.Sequence(["s-4", "s-2"], second.Items.Select(session => session.Key.SessionId), "the second page");
        var third = await fixture
            .Store.ListSessionsAsync(new() { Page = new(2, second.NextCursor) })
            .ConfigureAwait(false);
        Expect.Sequence(["s-1"], third.Items.Select(session => session.Key.SessionId), "the last page");
        Expect.Equal(null, third.NextCursor);
    }

    private static async Task FiltersNarrow(SessionStoreFixture fixture)
    {
        await CreateAsync(
                fixture,
                "a",
                1,
                new()
                {
                    AgentType = "one",
                    UserId = "u",
                    Tags = ["x", "y"],
                    Title = "Trip to Rome",
                }
            )
            .ConfigureAwait(false);
        await CreateAsync(
                fixture,
                "b",
                2,
                new()
                {
                    AgentType = "one",
                    UserId = "v",
                    Tags = ["xy"],
                    Title = "100% \"RÔME\"_",
                }
            )
            .ConfigureAwait(false);
        await CreateAsync(
                fixture,
                "c",
                3,
                new()
                {
                    AgentType = "two",
                    UserId = "u",
                    Tags = ["x"],
                }
            )
            .ConfigureAwait(false);
        await fixture
            .Store.CompareAndSetStatusAsync(new("b"), [SessionStatus.Active], SessionStatus.Failed, Time(9))
            .ConfigureAwait(false);
        (SessionQuery Query, string[] Ids)[] expectations =
        [
            (new(), ["c", "b", "a"]),
            (new() { AgentType = "one" }, ["b", "a"]),
            (new() { UserId = "u" }, ["c", "a"]),
            (new() { Tag = "x" }, ["c", "a"]),
            (new() { Tag = "z" }, []),
            (new() { Status = SessionStatus.Failed }, ["b"]),
            (new() { Status = new("unknown") }, []),
            (new() { Text = "rome" }, ["a"]),
            (new() { Text = "TRIP TO" }, ["a"]),
            (new() { Text = "rÔme" }, ["b"]),
            (new() { Text = "rôme" }, []),
            (new() { Text = "%" }, ["b"]),
            (new() { Text = "_" }, ["b"]),
            (new() { Text = "\"" }, ["b"]),
            (
                new()
                {
                    AgentType = "one",
                    UserId = "u",
                    Tag = "y",
                    Status = SessionStatus.Active,
                    Text = "r",
                },
                ["a"]
            ),
            (new() { AgentType = "two", Tag = "y" }, []),
        ];
        foreach (var (query, ids) in expectations)
        {
            Expect.Sequence(ids, await IdsAsync(fixture, query, 1).ConfigureAwait(false), $"{query}");
        }
    }

    private static async Task RefusesBadPages(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartAsync().ConfigureAwait(false);
        foreach (
            var (field, page) in new (string, PageRequest)[]
            {
                ("limit", new(0)),
                ("limit", new(-1)),
                ("limit", new(1001)),
                ("cursor", new(1, "")),
                ("cursor", new(1, "nonsense")),
                ("cursor", new(1, "bm9uc2Vuc2U")),
            }
        )
        {
            await Expect
                .InvalidAsync(field, () => s.Store.ListSessionsAsync(new() { Page = page }))
                .ConfigureAwait(false);
            await Expect.InvalidAsync(field, () => s.Store.ListRunsAsync(s.Key, page)).ConfigureAwait(false);
            await Expect.InvalidAsync(field, () => s.Store.ListCheckpointsAsync(s.Key, page)).ConfigureAwait(false);
            await Expect.InvalidAsync(field, () => s.Store.GetEntriesAsync(s.Key, page)).ConfigureAwait(false);
            await Expect
                .InvalidAsync(field, () => s.Store.ListRunningAsync(Sample.Runtime, null, page))
                .ConfigureAwait(false);
        }
    }

    private static async Task TenantsAreApart(SessionStoreFixture fixture)
    {
        var one = new Scenario(fixture, "s-1", "one");
        var two = new Scenario(fixture, "s-1", "two");
        await one.StartOwnedAsync().ConfigureAwait(false);
        await one.ApplyAsync(one.Step("a")).ConfigureAwait(false);
        Expect.True(
            await two.Store.GetSessionAsync(two.Key).ConfigureAwait(false) is null,
            "the other tenant's session"
        );
        Expect.Equal(0, (await two.Store.ReadChunksAsync(two.Key, 0, 10).ConfigureAwait(false)).Count);
        await two.StartAsync().ConfigureAwait(false);
        var before = await one.DumpAsync().ConfigureAwait(false);
        await two.ApplyAsync(
                two.Commit() with
                {
                    Messages = [AgentMessage.FromUser("x")],
                    Chunks = [Sample.Chunk("b")],
                }
            )
            .ConfigureAwait(false);
        Expect.SameLines(before, await one.DumpAsync().ConfigureAwait(false), "After a commit of another tenant");
        foreach (var (tenant, count) in new[] { ("one", 1), ("two", 1), ("", 0), ("on", 0) })
        {
            var page = await fixture.Store.ListSessionsAsync(new() { Tenant = tenant }).ConfigureAwait(false);
            Expect.Equal(count, page.Items.Count, $"sessions of tenant '{tenant}'");
        }

        await two.ApplyAsync(two.End(RunStatus.Failed)).ConfigureAwait(false);
        await two.Store.DeleteSessionAsync(two.Key, two.Now).ConfigureAwait(false);
        await one.ApplyAsync(one.Flush("b")).ConfigureAwait(false);
    }

    private static async Task FieldsChange(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(
                s.Commit() with
                {
                    NewSession = new()
                    {
                        AgentType = Sample.Agent,
                        Title = "t",
                        UserId = "u",
                        Tags = ["a"],
                        Metadata = new Dictionary<string, string> { ["k"] = "v" },
                    },
                }
            )
            .ConfigureAwait(false);
        var expires = s.Now.AddDays(3);
        (SessionChange Change, string Fields)[] changes =
        [
            (new(), "t u [a] [k=v] "),
            (new() { Title = "t2" }, "t2 u [a] [k=v] "),
            (new() { UserId = "u2" }, "t2 u2 [a] [k=v] "),
            (new() { Tags = ["b", "c"] }, "t2 u2 [b,c] [k=v] "),
            (new() { Metadata = new Dictionary<string, string> { ["x"] = "y" } }, "t2 u2 [b,c] [x=y] "),
            (new() { ExpiresAt = expires }, $"t2 u2 [b,c] [x=y] {expires:O}"),
            (new() { Tags = [], Metadata = new Dictionary<string, string>() }, $"t2 u2 [] [] {expires:O}"),
        ];
        foreach (var (change, fields) in changes)
        {
            await s.ApplyAsync(s.Commit() with { SessionChange = change }).ConfigureAwait(false);
            Expect.Equal(fields, FieldsOf(await s.SessionAsync().ConfigureAwait(false)));
        }
    }

    private static async Task CreationUpdates(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(
                s.Commit() with
                {
                    NewSession = new() { AgentType = Sample.Agent, UserId = "u" },
                }
            )
            .ConfigureAwait(false);
        var expires = s.Now.AddDays(3);
        var again = new NewSession
        {
            AgentType = Sample.Agent,
            Title = "t",
            UserId = "u2",
            Tags = ["a"],
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
            ExpiresAt = expires,
            ParentSessionId = "late",
        };
        await s.ApplyAsync(s.Commit() with { NewSession = again }).ConfigureAwait(false);
        await s.ApplyAsync(
                s.Commit() with
                {
                    NewSession = new() { AgentType = Sample.Agent, Title = "t2" },
                }
            )
            .ConfigureAwait(false);
        var session = await s.SessionAsync().ConfigureAwait(false);
        Expect.Equal($"t u2 [a] [k=v] {expires:O}", FieldsOf(session));
        Expect.Equal(null, session.ParentSessionId);
    }

    private static string FieldsOf(SessionRecord session) =>
        $"{session.Title} {session.UserId} [{string.Join(',', session.Tags)}] "
        + $"[{string.Join(',', session.Metadata.Select(entry => $"{entry.Key}={entry.Value}"))}] {session.ExpiresAt:O}";

    private static DateTimeOffset Time(int minute) => new(2026, 1, 1, 0, minute, 0, TimeSpan.Zero);

    private static async Task CreateAsync(
        SessionStoreFixture fixture,
        string id,
        int minute,
        NewSession? session = null
    )
    {
        var s = new Scenario(fixture, id);
        await s.ApplyAsync(
                s.Commit() with
                {
                    At = Time(minute),
                    NewSession = session ?? new() { AgentType = Sample.Agent },
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task<IEnumerable<string>> IdsAsync(
        SessionStoreFixture fixture,
        SessionQuery query,
        int pageSize
    )
    {
        var sessions = await StoreDump
            .AllAsync(page => fixture.Store.ListSessionsAsync(query with { Page = page }), pageSize)
            .ConfigureAwait(false);
        return sessions.Select(session => session.Key.SessionId);
    }
}
