using System.Text.Json;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>Retries as they are stored with a schedule or an item of the queue, in milliseconds.</summary>
internal sealed record StoredRetry(int? MaxAttempts, double? BaseDelayMs, double? MaxDelayMs)
{
    public static string? Write(AgentRetryOptions? options) =>
        options is null
            ? null
            : JsonSerializer.Serialize(
                new StoredRetry(
                    options.MaxAttempts,
                    options.BaseDelay?.TotalMilliseconds,
                    options.MaxDelay?.TotalMilliseconds
                ),
                SchedulingJsonContext.Default.StoredRetry
            );

    public static AgentRetryOptions? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var stored = JsonSerializer.Deserialize(json, SchedulingJsonContext.Default.StoredRetry)!;
        return new()
        {
            MaxAttempts = stored.MaxAttempts,
            BaseDelay = Time(stored.BaseDelayMs),
            MaxDelay = Time(stored.MaxDelayMs),
        };
    }

    private static TimeSpan? Time(double? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
