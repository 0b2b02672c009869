namespace Everturn.Agents;

/// <summary>
/// How much may be used; null sets no limit. Looked at before every model call, time at every moment: what is used up
/// ends the run as failed, with a reason that says what, and a valid transcript.
/// </summary>
public sealed record AgentBudget
{
    /// <summary>Model calls whose step was committed, 1 or more.</summary>
    public int? Steps { get; init; }

    /// <summary>Tokens of all model calls, as the services report them, 1 or more. A call may go beyond it; the next one is not made.</summary>
    public long? Tokens { get; init; }

    /// <summary>Time in which a run was running, more than nothing. Waiting for a person or for another run does not count.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// What the model calls cost, in the currency of <see cref="Usage.ModelPrices"/>, more than nothing. A call may go
    /// beyond it; the next one is not made.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <exception cref="InvalidInputException">A limit allows nothing.</exception>
    internal AgentBudget Checked(string field) =>
        Steps is < 1 or > 1_000_000 ? throw new InvalidInputException($"{field}.steps", "It is 1 to 1,000,000.")
        : Tokens is < 1 ? throw new InvalidInputException($"{field}.tokens", "It is 1 or more.")
        : Time is { } time && time <= TimeSpan.Zero
            ? throw new InvalidInputException($"{field}.time", "It is longer than nothing.")
        : Cost is <= 0 ? throw new InvalidInputException($"{field}.cost", "It is more than nothing.")
        : this;
}
