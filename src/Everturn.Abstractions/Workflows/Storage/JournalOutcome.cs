namespace Everturn.Workflows.Storage;

/// <summary>What became of a step. Stored as its number; numbers that this build does not know are kept.</summary>
public enum JournalOutcome
{
    /// <summary>
    /// Nothing yet: a sleep, a wait or a retry that is due at <see cref="JournalRecord.DueAt"/>, or, without a due time,
    /// an attempt that was started or a wait without a limit.
    /// </summary>
    Pending = 0,

    /// <summary>It returned <see cref="JournalRecord.Value"/>.</summary>
    Value = 1,

    /// <summary>It failed for good with <see cref="JournalRecord.Error"/>.</summary>
    Error = 2,

    /// <summary>It produced chunks; <see cref="JournalRecord.Value"/> says how many.</summary>
    Stream = 3,
}
