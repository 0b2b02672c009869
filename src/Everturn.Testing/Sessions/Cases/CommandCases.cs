using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Durable requests to a run.</summary>
internal static class CommandCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("Commands of a run are numbered from 1 and kept whole", CommandsAreNumbered),
            new("A command to a run that has ended writes nothing and gives the run", EndedRunGivesOutcome),
            new("A command to a run that never was is refused", RefusesUnknownRun),
            new("A run does not end over a command that its owner has not seen", EndChecksCommands),
            new("Open commands are those of running runs, oldest first", ListsOpenCommands),
        ];

    private static async Task CommandsAreNumbered(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        CommandKind[] kinds =
        [
            CommandKind.Steer,
            CommandKind.InterruptAtCheckpoint,
            CommandKind.Interrupt,
            CommandKind.Abort,
        ];
        foreach (var kind in kinds)
        {
            var result = await s.ApplyAsync(Ask(s, run.RunId, kind)).ConfigureAwait(false);
            Expect.Equal(run.RunId, result.Run?.RunId);
        }

        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(4, (await s.CurrentRunAsync().ConfigureAwait(false)).CommandRevision);
        Expect.Equal(5L, (await s.SessionAsync().ConfigureAwait(false)).Version);
        var all = await s.Store.GetCommandsAsync(s.Key, run.RunId, 0).ConfigureAwait(false);
        Expect.Sequence(
            kinds.Select((kind, index) => (index + 1, kind, "asked", "{}")),
            all.Select(command => (command.Revision, command.Kind, command.Reason!, Sample.Text(command.Content))),
            "commands"
        );
        Expect.Equal((s.Key, run.RunId, s.Now), (all[3].Session, all[3].RunId, all[3].CreatedAt));
        var rest = await s.Store.GetCommandsAsync(s.Key, run.RunId, 3).ConfigureAwait(false);
        Expect.Sequence([4], rest.Select(command => command.Revision), "commands after the third");
    }

    private static async Task EndedRunGivesOutcome(SessionStoreFixture fixture)
    {
        foreach (var status in new[] { RunStatus.Completed, RunStatus.Interrupted, RunStatus.SuspendedClientTool })
        {
            var s = new Scenario(fixture, $"s-{status}".Replace('_', '-'));
            var first = await s.StartOwnedAsync().ConfigureAwait(false);
            await s.EndAsync(status).ConfigureAwait(false);
            await CheckAsync(s, first.RunId, status).ConfigureAwait(false);
            var start = s.Start(RunTrigger.Resume);
            await s.ApplyAsync(start with { NewRun = start.NewRun! with { ParentRunId = first.RunId } })
                .ConfigureAwait(false);
            await CheckAsync(s, first.RunId, status).ConfigureAwait(false);
        }

        static async Task CheckAsync(Scenario s, string runId, RunStatus status)
        {
            var before = await s.DumpAsync().ConfigureAwait(false);
            foreach (var named in new[] { null, runId })
            {
                var ask = Ask(s, runId, CommandKind.Abort) with { RunId = named };
                var result = await s.Store.CommitAsync(ask).ConfigureAwait(false);
                Expect.Equal(SessionCommitOutcome.Applied, result.Outcome);
                Expect.Equal((runId, status), (result.Run!.RunId, result.Run.Status));
                Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After a command to an ended run");
            }
        }
    }

    private static async Task RefusesUnknownRun(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, Ask(s, "unknown", CommandKind.Abort))
            .ConfigureAwait(false);
        var nobody = new Scenario(fixture, "s-2");
        await nobody
            .ExpectAsync(SessionCommitOutcome.SessionNotFound, Ask(nobody, s.RunId, CommandKind.Abort))
            .ConfigureAwait(false);
    }

    private static async Task EndChecksCommands(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Ask(s, s.RunId, CommandKind.Steer)).ConfigureAwait(false);
        await s.ApplyAsync(Ask(s, s.RunId, CommandKind.Interrupt)).ConfigureAwait(false);
        var end = s.End(RunStatus.Completed);
        foreach (var seen in new[] { 0, 1 })
        {
            var refused = await s.ExpectAsync(SessionCommitOutcome.CommandPending, Seen(end, seen))
                .ConfigureAwait(false);
            Expect.Equal(2, refused.Run?.CommandRevision, "the revision in the result");
        }

        var going = s.Work() with
        {
            RunChange = new() { Reason = "r", SeenCommandRevision = 0 },
        };
        await s.ApplyAsync(going).ConfigureAwait(false);
        await s.ApplyAsync(Seen(end, 2)).ConfigureAwait(false);

        var blind = new Scenario(fixture, "s-2");
        await blind.StartOwnedAsync().ConfigureAwait(false);
        await blind.ApplyAsync(Ask(blind, blind.RunId, CommandKind.Abort)).ConfigureAwait(false);
        await blind.EndAsync(RunStatus.Failed).ConfigureAwait(false);

        static SessionCommit Seen(SessionCommit end, int revision) =>
            end with
            {
                RunChange = end.RunChange! with { SeenCommandRevision = revision },
            };
    }

    private static async Task ListsOpenCommands(SessionStoreFixture fixture)
    {
        var one = new Scenario(fixture);
        var two = new Scenario(fixture, "s-2", "tenant");
        Expect.Equal(0, (await one.Store.ListOpenCommandsAsync().ConfigureAwait(false)).Count);
        await one.StartOwnedAsync().ConfigureAwait(false);
        await two.StartOwnedAsync().ConfigureAwait(false);
        two.Now = two.Now.AddMinutes(1);
        await two.ApplyAsync(Ask(two, two.RunId, CommandKind.Interrupt)).ConfigureAwait(false);
        await one.ApplyAsync(Ask(one, one.RunId, CommandKind.Steer)).ConfigureAwait(false);
        await one.ApplyAsync(Ask(one, one.RunId, CommandKind.Abort)).ConfigureAwait(false);
        var open = await one.Store.ListOpenCommandsAsync().ConfigureAwait(false);
        Expect.Sequence(
            [(one.Key, 1), (one.Key, 2), (two.Key, 1)],
            open.Select(command => (command.Session, command.Revision)),
            "open commands"
        );
        await one.EndAsync(RunStatus.Failed).ConfigureAwait(false);
        open = await one.Store.ListOpenCommandsAsync().ConfigureAwait(false);
        Expect.Sequence([two.Key], open.Select(command => command.Session), "open commands after one run ended");
    }

    private static SessionCommit Ask(Scenario s, string runId, CommandKind kind)
    {
        var commit = s.Commit(CommitKind.Command);
        return commit with { Command = Sample.Command(s.Key, runId, kind, commit.At) };
    }
}
