namespace Everturn.Workflows;

/// <summary>
/// Creates instances by the clock (Cloudflare Workflows, <c>schedules</c>): one for each firing, with an id that is
/// made from the expression and the time, so that no firing makes two.
/// </summary>
/// <param name="Cron">
/// Five fields: minute, hour, day of the month, month, day of the week (0 to 7 or SUN to SAT; 0 and 7 are Sunday), at
/// most 256 characters. Where days of the month and of the week are both given, it fires on either.
/// </param>
public sealed record WorkflowSchedule(string Cron)
{
    /// <summary>What the instances get as payload, as plain JSON; empty for nothing.</summary>
    public ReadOnlyMemory<byte> ParamsJson { get; init; }

    /// <summary>The zone that the expression is read in. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What happens to firings that came while no host ran. Default: the last one is made up for.</summary>
    public MissedFirings Missed { get; init; } = MissedFirings.Last;

    /// <summary>A schedule with parameters.</summary>
    /// <typeparam name="TIn">The workflow's parameters.</typeparam>
    /// <param name="cron">The expression.</param>
    /// <param name="parameters">What the instances get as payload.</param>
    public static WorkflowSchedule Create<TIn>(string cron, TIn parameters) =>
        new(cron) { ParamsJson = StepJson.Write("schedule", parameters) };
}
