namespace Everturn.StatefulAgents;

/// <summary>How this host runs stateful agents.</summary>
public sealed class StatefulAgentHostOptions
{
    /// <summary>
    /// An object that has had nothing to do for so long leaves memory; its connections stay. More than zero. Default 10
    /// seconds.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Objects in memory, and so open files, from 1. Above it, idle ones leave at once, the one that was used least
    /// recently first. Default 5,000.
    /// </summary>
    public int MaxInMemory { get; set; } = 5_000;

    /// <summary>
    /// Messages that may wait for one object, from 1. Connections wait for room; other callers get
    /// <see cref="ObjectOverloadedException"/>. Default 10,000.
    /// </summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>Objects that are woken by their alarms at the same time, from 1. Default 64.</summary>
    public int MaxWaking { get; set; } = 64;

    /// <summary>How often alarms of hosts that died are looked for, more than zero. Default 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stopping host lets turns in flight end. Not negative. Default 5 seconds.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How other hosts that share the store reach this one, for example <c>http://10.0.0.7:8080</c>; told to them when
    /// they ask for an object of this host. Null if they cannot. Default null.
    /// </summary>
    public string? Address { get; set; }
}
