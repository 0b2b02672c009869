namespace Everturn.StatefulAgents;

/// <summary>When a schedule is due.</summary>
public enum ScheduleType
{
    /// <summary>Once, at a time.</summary>
    Scheduled,

    /// <summary>Once, after a delay.</summary>
    Delayed,

    /// <summary>Again and again, by a cron expression of five fields in UTC.</summary>
    Cron,

    /// <summary>Again and again, so long after the end of the time before.</summary>
    Interval,
}
