namespace Everturn.Workflows;

/// <summary>The firing of a schedule that created an instance (Cloudflare Workflows, <c>event.schedule</c>).</summary>
/// <param name="Cron">The schedule's expression, as it was registered.</param>
/// <param name="ScheduledTime">The time it fired for, UTC.</param>
public sealed record ScheduleFiring(string Cron, DateTimeOffset ScheduledTime)
{
    /// <summary>The id of the instance that this firing creates: <c>expression-milliseconds</c>.</summary>
    public string InstanceId =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Cron}-{ScheduledTime.ToUnixTimeMilliseconds()}"
        );
}
