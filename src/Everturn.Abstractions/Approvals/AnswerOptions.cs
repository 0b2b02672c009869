namespace Everturn.Approvals;

/// <summary>Options of an answer.</summary>
public sealed record AnswerOptions
{
    /// <summary>Who decides, for the record. At most 256 characters.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>
    /// Resumes the run if this was the last answer it waited for, whatever the agent's own setting. Counts also where the
    /// same answer was given before without it. Default false.
    /// </summary>
    public bool Resume { get; init; }
}
