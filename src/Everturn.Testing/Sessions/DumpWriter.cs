using System.Text;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Testing.Sessions;

/// <summary>Writes what can be read of a store as lines, so that two stores, or two moments, can be compared.</summary>
internal sealed class DumpWriter
{
    private static readonly string[] NoTags = [];
    private static readonly Dictionary<string, string> NoMetadata = [];
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Title(string title) => _lines.Add($"== {title}");

    public void Session(string name, SessionRecord? session) =>
        Line(
            name,
            session is null
                ? null
                : $"{session with { Tags = NoTags, Metadata = NoMetadata }} tags=[{string.Join(',', session.Tags)}] "
                    + $"metadata=[{string.Join(',', session.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))}]"
        );

    public void Run(string name, RunRecord? run) =>
        Line(name, run is null ? null : $"{run with { Output = null }} output={Bytes(run.Output ?? default)}");

    public void Stream(StreamInfo? stream) => Line("stream", stream?.ToString());

    public void Messages(string name, MessagePage page)
    {
        Line(name, $"offset={page.Offset} total={page.Total}");
        foreach (var message in page.Messages)
        {
            Line(name, $"{Bytes(MessageJson.Encode(message))} run={message.RunId} at={message.CreatedAt:O}");
        }
    }

    public void Voided(IEnumerable<VoidedMessage> messages)
    {
        foreach (var voided in messages)
        {
            Line(
                "voided",
                $"{voided.Position} by={voided.VoidedByRunId} at={voided.VoidedAt:O} run={voided.Message.RunId} "
                    + Bytes(MessageJson.Encode(voided.Message))
            );
        }
    }

    public void StartState(ReadOnlyMemory<byte>? state) =>
        Line("start state", state is { } bytes ? $"[{Bytes(bytes)}]" : null);

    public void Suspension(SuspensionRecord? suspension) =>
        Line(
            "suspension",
            suspension is null
                ? null
                : $"{suspension.RunId} {suspension.Kind} {suspension.Step} {suspension.ExpiresAt:O} "
                    + $"[{string.Join(',', suspension.ToolCallIds)}] [{string.Join(',', suspension.ChildSessionIds)}]"
        );

    public void PendingCalls(string name, IEnumerable<PendingCallRecord> calls)
    {
        foreach (var call in calls)
        {
            Line(
                name,
                $"{call with { Arguments = default, Response = null }} arguments={Bytes(call.Arguments)} "
                    + $"response={(call.Response is { } response ? Bytes(response) : "none")}"
            );
        }
    }

    public void Chunks(string name, IEnumerable<StoredChunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            Line(name, $"{chunk.Sequence} {Bytes(chunk.Json)}");
        }
    }

    public void State(ReadOnlyMemory<byte> state) => Line("state", Bytes(state));

    public void ToolCalls(string name, IEnumerable<ToolCallRecord> calls)
    {
        foreach (var call in calls)
        {
            Line(
                name,
                $"{call with { Arguments = default, Result = default, StagedChange = default }} "
                    + $"arguments={Bytes(call.Arguments)} result={Bytes(call.Result)} change={Bytes(call.StagedChange)}"
            );
        }
    }

    public void Commands(string name, IEnumerable<CommandRecord> commands)
    {
        foreach (var command in commands)
        {
            Line(name, $"{command with { Content = default }} content={Bytes(command.Content)}");
        }
    }

    public void Checkpoints(IEnumerable<CheckpointRecord> checkpoints)
    {
        foreach (var checkpoint in checkpoints)
        {
            Line("checkpoint", $"{checkpoint with { State = default }} state={Bytes(checkpoint.State)}");
        }
    }

    public void Usage(IEnumerable<UsageEntry> entries, UsageRollup rollup)
    {
        foreach (var entry in entries)
        {
            Line("usage", entry.ToString());
        }

        var custom = rollup.Custom.OrderBy(entry => entry.Key, StringComparer.Ordinal);
        Line("rollup", $"{rollup.Tokens} {rollup.ModelCalls} {rollup.ToolStats} [{string.Join(',', custom)}]");
    }

    /// <summary>Entries without their ids, sorted: the order of those that one sweep writes is the store's own.</summary>
    public void Outbox(IEnumerable<OutboxEntry> entries) =>
        _lines.AddRange(
            entries
                .Select(entry =>
                    $"outbox: {entry with { Id = 0, Parameters = default }} parameters={Bytes(entry.Parameters)}"
                )
                .Order(StringComparer.Ordinal)
        );

    public void Line(string name, string? text) => _lines.Add($"{name}: {text ?? "none"}");

    private static string Bytes(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
