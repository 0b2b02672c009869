using Everturn.Sqlite.Engine;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>
/// The entries of a row of the log. Every step writes some, so they are kept small: types are numbers, times are distances
/// from the entry before, and a step is named once for all its entries in a row.
/// </summary>
internal static class LogContent
{
    private const byte Compact = 1;
    private const byte Json = (byte)'[';

    /// <summary>The number of a type is its place here, from 1. 0 stands before the name of a type that has none.</summary>
    private static readonly InstanceLogEventType[] Types = [.. InstanceLogEventType.All];

    [Flags]
    private enum Parts : ulong
    {
        None = 0,
        SameStep = 1,
        Step = 2,
        Attempt = 4,
        Error = 8,
        Duration = 16,
        RetryDelay = 32,
        EventType = 64,
        TotalSteps = 128,
        CompletedSteps = 256,
    }

    public static byte[] Write(IReadOnlyList<LogEntry> entries)
    {
        var writer = new CompactWriter();
        writer.Number(Compact);
        LogEntry? before = null;
        foreach (var entry in entries)
        {
            Write(writer, entry, before);
            before = entry;
        }

        return writer.ToArray();
    }

    /// <summary>Reads a row, also one of the first version, which was JSON.</summary>
    /// <exception cref="StoreUnavailableException">The row is damaged, or a newer version wrote it.</exception>
    public static IReadOnlyList<LogEntry> Read(ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty && content[0] == Json)
        {
            return WorkflowJson.Log(content);
        }

        var reader = new CompactReader(content);
        if (reader.Number() != Compact)
        {
            throw CompactReader.Damaged();
        }

        List<LogEntry> entries = [];
        while (!reader.IsAtEnd)
        {
            entries.Add(Read(ref reader, entries.Count == 0 ? null : entries[^1]));
        }

        return entries;
    }

    private static void Write(CompactWriter writer, LogEntry entry, LogEntry? before)
    {
        var type = Array.IndexOf(Types, entry.Type) + 1;
        writer.Number((ulong)type);
        if (type == 0)
        {
            writer.Text(entry.Type.Value);
        }

        var parts = PartsOf(entry, before);
        writer.Number((ulong)parts);
        writer.Signed(
            WorkflowRows.Milliseconds(entry.At) - (before is null ? 0 : WorkflowRows.Milliseconds(before.At))
        );
        if (parts.HasFlag(Parts.Step) && entry.Step is { } step)
        {
            writer.Text(step.Kind.Value);
            writer.Text(step.Name);
            writer.Signed(step.Ordinal);
        }

        WriteIf(writer, entry.Attempt);
        if (entry.Error is { } error)
        {
            writer.Text(error.Name);
            writer.Text(error.Message);
        }

        WriteIf(writer, entry.DurationMs);
        WriteIf(writer, entry.RetryDelayMs);
        if (entry.EventType is { } eventType)
        {
            writer.Text(eventType);
        }

        WriteIf(writer, entry.TotalSteps);
        WriteIf(writer, entry.CompletedSteps);
    }

    private static void WriteIf(CompactWriter writer, long? value)
    {
        if (value is { } number)
        {
            writer.Signed(number);
        }
    }

    private static Parts PartsOf(LogEntry entry, LogEntry? before) =>
        When(entry.Step is not null, entry.Step == before?.Step ? Parts.SameStep : Parts.Step)
        | When(entry.Attempt is not null, Parts.Attempt)
        | When(entry.Error is not null, Parts.Error)
        | When(entry.DurationMs is not null, Parts.Duration)
        | When(entry.RetryDelayMs is not null, Parts.RetryDelay)
        | When(entry.EventType is not null, Parts.EventType)
        | When(entry.TotalSteps is not null, Parts.TotalSteps)
        | When(entry.CompletedSteps is not null, Parts.CompletedSteps);

    private static Parts When(bool condition, Parts part) => condition ? part : Parts.None;

    private static LogEntry Read(ref CompactReader reader, LogEntry? before)
    {
        var type = reader.NumberUpTo(Types.Length);
        var name = type == 0 ? new InstanceLogEventType(reader.Text()) : Types[type - 1];
        var parts = (Parts)reader.Number();
        var at = reader.Signed() + (before is null ? 0 : WorkflowRows.Milliseconds(before.At));
        // In the order in which they were written: an initializer is evaluated from top to bottom.
        return new LogEntry(name, DateTimeOffset.FromUnixTimeMilliseconds(at))
        {
            Step =
                parts.HasFlag(Parts.SameStep) ? before?.Step
                : parts.HasFlag(Parts.Step) ? new JournalKey(new(reader.Text()), reader.Text(), (int)reader.Signed())
                : null,
            Attempt = parts.HasFlag(Parts.Attempt) ? (int)reader.Signed() : null,
            Error = parts.HasFlag(Parts.Error) ? new InstanceError(reader.Text(), reader.Text()) : null,
            DurationMs = parts.HasFlag(Parts.Duration) ? reader.Signed() : null,
            RetryDelayMs = parts.HasFlag(Parts.RetryDelay) ? reader.Signed() : null,
            EventType = parts.HasFlag(Parts.EventType) ? reader.Text() : null,
            TotalSteps = parts.HasFlag(Parts.TotalSteps) ? (int)reader.Signed() : null,
            CompletedSteps = parts.HasFlag(Parts.CompletedSteps) ? (int)reader.Signed() : null,
        };
    }
}
