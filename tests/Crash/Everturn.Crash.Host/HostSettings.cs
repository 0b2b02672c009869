using Everturn.Agents;

namespace Everturn.Crash.Host;

/// <summary>What the test says in the environment.</summary>
internal sealed record HostSettings(
    string DataDirectory,
    bool CoLocateInstances,
    TimeSpan Lease,
    TimeSpan ModelPause,
    TimeSpan StayInMemory,
    int MaxClaims,
    string Runtime
)
{
    public string EffectsPath => Path.Combine(DataDirectory, "effects.txt");

    public static HostSettings From(IConfiguration configuration) =>
        new(
            configuration["Everturn:DataDirectory"]
                ?? throw new InvalidOperationException("Set Everturn__DataDirectory to a directory."),
            configuration.GetValue("Crash:CoLocateInstances", defaultValue: true),
            TimeSpan.FromMilliseconds(configuration.GetValue("Crash:LeaseMs", 10_000)),
            TimeSpan.FromMilliseconds(configuration.GetValue("Crash:ModelPauseMs", 0)),
            TimeSpan.FromMilliseconds(configuration.GetValue("Crash:StayInMemoryMs", 1_000)),
            configuration.GetValue("Crash:MaxClaims", 5),
            configuration["Crash:Runtime"] ?? AgentRuntimes.Workflow
        );
}
