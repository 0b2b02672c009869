using Everturn.Sessions;
using Everturn.Storage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>Rows of a running run are not read again, unless somebody else may have changed them.</summary>
public sealed class RunningSessionsTests
{
    [Fact]
    public async Task A_commit_sees_what_another_process_wrote_since_the_last_one()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        await harness.CommitAsync(FlushOf(run, "one"));
        var (other, store) = await harness.OpenAnotherAsync();
        await using var _ = other;
        var command = await store.CommitAsync(
            new()
            {
                Session = Key,
                Kind = CommitKind.Command,
                At = Start,
                Command = new()
                {
                    Session = Key,
                    RunId = run.RunId,
                    Kind = CommandKind.Abort,
                    CreatedAt = Start,
                },
            },
            Token
        );
        command.IsApplied.ShouldBeTrue();

        var end = EndOf(run, Start);
        var ended = await harness.CommitAsync(end with { RunChange = end.RunChange! with { SeenCommandRevision = 0 } });

        ended.Outcome.ShouldBe(SessionCommitOutcome.CommandPending);
        ended.Session!.Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_commit_sees_what_a_write_of_another_kind_changed()
    {
        await using var harness = await OpenAsync();
        await harness.EndRunAsync(await harness.StartRunAsync());
        var run = await harness.StartRunAsync("r-2");
        var swept = new SweepRequest
        {
            Now = Start + TimeSpan.FromDays(1),
            Default = new() { Chunks = TimeSpan.Zero },
        };
        (await harness.Store.SweepAsync(swept, Token)).ShouldBe(1);

        var flushed = await harness.CommitAsync(FlushOf(run, "one"));

        flushed.Session!.FirstSequence.ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_commit_leaves_what_is_known_as_it_is()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        var stranger = new Fence(harness.Self, run.Owner!.Value.OwnerEpoch + 1);
        await Should.ThrowAsync<OwnershipLostException>(() =>
            harness.CommitAsync(FlushOf(run, "no") with { Fence = stranger })
        );

        var flushed = await harness.CommitAsync(FlushOf(run, "one"));

        flushed.Session.ShouldNotBeNull().LastSequence.ShouldBe(1);
        (await harness.Store.GetSessionAsync(Key, Token))!.Version.ShouldBe(flushed.Session.Version);
    }
}
