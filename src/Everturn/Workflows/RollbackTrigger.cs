using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>What set off a rollback.</summary>
/// <param name="Error">The error that handlers are told.</param>
/// <param name="IsTermination">The instance ends as terminated, not as errored.</param>
internal sealed record RollbackTrigger(InstanceError Error, bool IsTermination)
{
    private const string TerminationMark = "terminate";

    public static RollbackTrigger Termination { get; } =
        new(new InstanceError("Terminated", "Instance terminated during rollback"), IsTermination: true);

    public static RollbackTrigger Read(JournalRecord record) =>
        new(record.Error ?? new InstanceError("Error", ""), record.EventType == TerminationMark);

    public JournalRecord Write(JournalRecord record) =>
        record with
        {
            Error = Error,
            EventType = IsTermination ? TerminationMark : null,
        };
}
