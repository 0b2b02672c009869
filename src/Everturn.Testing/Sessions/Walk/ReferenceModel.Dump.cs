using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Testing.Sessions.Walk;

/// <content>All that can be read, as lines, in the order of <see cref="StoreDump"/>.</content>
internal sealed partial class ReferenceModel
{
    public IReadOnlyList<string> Dump(IReadOnlyList<SessionKey> keys)
    {
        var writer = new DumpWriter();
        foreach (var key in keys)
        {
            writer.Title(key.ToString());
            Dump(writer, Find(key));
        }

        writer.Title("all sessions");
        var alive = _sessions.Values.Where(session => session.DeletedAt is null).ToList();
        foreach (var tenant in keys.Select(key => key.Tenant).Distinct())
        {
            var ids = alive
                .Where(session => session.Key.Tenant == tenant)
                .OrderByDescending(session => session.CreatedAt)
                .Select(session => session.Key.SessionId);
            writer.Line($"tenant '{tenant}'", string.Join(' ', ids));
            foreach (var status in StoreDump.PendingStatuses)
            {
                var calls = alive
                    .Where(session => session.Key.Tenant == tenant)
                    .SelectMany(session => session.ListedCalls)
                    .Where(call => call.Status == status)
                    .OrderBy(call => call.RequestedAt);
                writer.PendingCalls(status.Value, calls);
            }
        }

        var running = alive.SelectMany(session => session.Runs).Where(run => run.IsRunning).ToList();
        writer.Line("running", string.Join(' ', running.OrderBy(run => run.CreatedAt).Select(run => run.Id)));
        writer.Commands("open command", running.SelectMany(run => run.Commands).OrderBy(command => command.CreatedAt));
        writer.Outbox(_outbox);
        return writer.Lines;
    }

    private static void Dump(DumpWriter writer, ModelSession? session)
    {
        var record = session?.ToRecord();
        writer.Session("session", record);
        writer.Stream(
            session is null ? null : new StreamInfo(session.Stream, record!.FirstSequence, session.LastSequence)
        );
        writer.Run("current", session?.Current?.ToRecord(session));
        foreach (var run in session?.Runs ?? [])
        {
            writer.Run("run", run.ToRecord(session!));
            writer.Run("run by id", run.ToRecord(session!));
            writer.ToolCalls("tool call", CallsOf(session!, run));
            writer.Commands("command", run.Commands);
            writer.StartState(run.StartState);
            writer.Suspension(run.Suspension);
            writer.PendingCalls(
                "call",
                session!.ListedCalls.Where(call => call.RunId == run.Id).OrderBy(call => call.ApprovalId)
            );
        }

        var messages = session?.Messages ?? [];
        writer.Messages("message", new MessagePage(messages, 0, messages.Count));
        writer.Voided(session?.Voided ?? []);
        writer.Chunks("chunk", session?.Chunks ?? []);
        writer.Checkpoints(Enumerable.Reverse(session?.Checkpoints ?? []));
        writer.Usage(session?.Usage ?? [], RollupOf(session?.Usage ?? []));
        if (session is not null)
        {
            StoreDump.Snapshot(writer, SnapshotOf(session));
        }
    }

    private static SessionSnapshot SnapshotOf(ModelSession session)
    {
        var run = session.Current;
        var messages = session.Messages.TakeLast(StoreDump.SnapshotMessages).ToList();
        var committed = session.Checkpoints.FindLast(checkpoint => checkpoint.RunId == run?.Id)?.Sequence;
        var last = committed ?? (run?.StartSequence ?? long.MaxValue) - 1;
        return new()
        {
            Session = session.ToRecord(),
            Run = run?.ToRecord(session),
            Messages = new(messages, session.Messages.Count - messages.Count, session.Messages.Count),
            State = session.State,
            OpenToolCalls = run is null ? [] : [.. CallsOf(session, run).Where(call => call.Step > run.Steps)],
            ChunksInFlight = [.. session.Chunks.Where(chunk => chunk.Sequence > last)],
        };
    }

    private static IEnumerable<ToolCallRecord> CallsOf(ModelSession session, ModelRun run) =>
        session.ToolCalls.Where(call => call.RunId == run.Id).OrderBy(call => call.Step).ThenBy(call => call.Index);

    /// <summary>A walk records model calls only.</summary>
    private static UsageRollup RollupOf(List<UsageEntry> usage) =>
        new()
        {
            ModelCalls = usage.Count,
            Tokens = new()
            {
                Prompt = usage.Sum(entry => entry.Tokens!.Prompt),
                Completion = usage.Sum(entry => entry.Tokens!.Completion),
                Total = usage.Sum(entry => entry.Tokens!.Total),
            },
        };
}
