using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Lists and their pages.</summary>
internal static class ListCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("Pages follow each other without gap or repetition, also among equal times", Pages),
            new("A list has its tenant's instances only, filtered by workflow and status", Filters),
            new("Instances created while paging do not disturb the pages", Stable),
        ];

    private static async Task Pages(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        for (var number = 0; number < 10; number++)
        {
            // Pairs of equal times, so that workflow and id decide.
            await CreateAsync(s, new("", number % 3 == 0 ? "b" : "a", $"i-{number}"), number / 2).ConfigureAwait(false);
        }

        var all = await s.Store.ListAsync(new InstanceQuery()).ConfigureAwait(false);
        var expected = all.OrderByDescending(record => record.CreatedAt)
            .ThenByDescending(record => record.Key.Workflow, StringComparer.Ordinal)
            .ThenByDescending(record => record.Key.Id, StringComparer.Ordinal)
            .Select(record => record.Key);
        Expect.Equal(10, all.Count);
        Expect.Sequence(expected, all.Select(record => record.Key));
        var paged = await PageAsync(s, new InstanceQuery { Limit = 3 }).ConfigureAwait(false);
        Expect.Sequence(all.Select(record => record.Key), paged);
    }

    private static async Task Filters(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await CreateAsync(s, new("", "a", "1"), 1).ConfigureAwait(false);
        await CreateAsync(s, new("", "b", "2"), 2).ConfigureAwait(false);
        await CreateAsync(s, new("t", "a", "3"), 3).ConfigureAwait(false);
        await s.Store.TerminateAsync(new(new("", "a", "1"), Scene.Start)).ConfigureAwait(false);
        Expect.Sequence([new("", "b", "2"), new("", "a", "1")], await PageAsync(s, new()).ConfigureAwait(false));
        Expect.Sequence([new("t", "a", "3")], await PageAsync(s, new() { Tenant = "t" }).ConfigureAwait(false));
        Expect.Sequence([new("", "b", "2")], await PageAsync(s, new() { Workflow = "b" }).ConfigureAwait(false));
        Expect.Sequence(
            [new("", "a", "1")],
            await PageAsync(s, new() { Status = InstanceStatus.Terminated }).ConfigureAwait(false)
        );
    }

    private static async Task Stable(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        for (var number = 0; number < 4; number++)
        {
            await CreateAsync(s, new("", "a", $"i-{number}"), number).ConfigureAwait(false);
        }

        var first = await s.Store.ListAsync(new InstanceQuery { Limit = 2 }).ConfigureAwait(false);
        await CreateAsync(s, new("", "a", "new"), 9).ConfigureAwait(false);
        var cursor = new InstanceCursor(first[^1].CreatedAt, first[^1].Key);
        var second = await s.Store.ListAsync(new InstanceQuery { Limit = 2, After = cursor }).ConfigureAwait(false);
        Expect.Sequence(["i-1", "i-0"], second.Select(record => record.Key.Id));
    }

    private static async Task CreateAsync(Scene s, InstanceKey key, int second) =>
        await s
            .Store.CreateAsync(new NewInstance(key, Scene.Json("{}"), Scene.Start.AddSeconds(second)))
            .ConfigureAwait(false);

    private static async Task<List<InstanceKey>> PageAsync(Scene s, InstanceQuery query)
    {
        var keys = new List<InstanceKey>();
        while (true)
        {
            var page = await s.Store.ListAsync(query).ConfigureAwait(false);
            keys.AddRange(page.Select(record => record.Key));
            if (page.Count < query.Limit)
            {
                return keys;
            }

            query = query with { After = new InstanceCursor(page[^1].CreatedAt, page[^1].Key) };
        }
    }
}
