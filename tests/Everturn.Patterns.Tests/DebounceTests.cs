using Everturn.Testing;
using Microsoft.Extensions.DependencyInjection;
using Patterns.Debounce;

namespace Everturn.Patterns.Tests;

public sealed class DebounceTests : PatternTests
{
    [Fact]
    public async Task Many_changes_in_a_row_are_indexed_once()
    {
        await using var host = await StartAsync<IndexDocument>();
        var changes = Changes(host);
        for (var i = 0; i < 5; i++)
        {
            await changes.NotifyAsync("d1", Token);
            await host.AdvanceAsync(TimeSpan.FromSeconds(20), Token);
        }

        World.Done.ShouldBeEmpty();
        await host.AdvanceAsync(TimeSpan.FromSeconds(10), Token);

        World.Done.ShouldBe(["index d1"]);
    }

    [Fact]
    public async Task A_change_after_that_is_indexed_again()
    {
        await using var host = await StartAsync<IndexDocument>();
        var changes = Changes(host);
        await changes.NotifyAsync("d1", Token);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1), Token);

        await changes.NotifyAsync("d1", Token);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1), Token);

        World["index d1"].ShouldBe(2);
    }

    [Fact]
    public async Task A_document_that_never_rests_is_indexed_after_a_hundred_changes()
    {
        await using var host = await StartAsync<IndexDocument>();
        await using var instance = await host.IntrospectAsync(
            "index-document",
            "d1",
            m =>
            {
                for (var i = 0; i < 100; i++)
                {
                    m.MockEvent("changed", "d1");
                }
            },
            Token
        );

        (await host.RunAsync<string, int>("index-document", "d1", "d1", Token)).ShouldBe(100);

        host.Time.GetUtcNow().ShouldBe(Start);
    }

    private static DocumentChanges Changes(WorkflowTestHost host) =>
        ActivatorUtilities.CreateInstance<DocumentChanges>(host.Services);
}
