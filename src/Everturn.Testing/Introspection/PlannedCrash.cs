using Everturn.Workflows.Storage;

namespace Everturn.Testing.Introspection;

/// <summary>A crash that a test asked for. It happens once.</summary>
/// <param name="Moment">On which side of the write.</param>
internal sealed record PlannedCrash(CrashMoment Moment)
{
    /// <summary>The number of the commit; null if the step tells.</summary>
    public int? Position { get; init; }

    /// <summary>The step whose outcome is in the commit; null if the number tells.</summary>
    public (string Name, int Index)? Step { get; init; }

    public bool IsAt(InstanceCommit commit, int position) =>
        Position == position
        || Step is var (name, index)
            && commit.Records.Any(record =>
                record.Outcome != JournalOutcome.Pending
                && record.Key.Kind != JournalKind.Rollback
                && record.Key.Name == name
                && record.Key.Ordinal == index
            );
}
