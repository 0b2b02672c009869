using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>The program that is killed.</summary>
internal static class Hosts
{
    /// <summary>What was built beside the tests, or the same compiled ahead of time, which starts in less time.</summary>
    private static readonly string Assembly =
        Environment.GetEnvironmentVariable("EVERTURN_CRASH_HOST")
        ?? Path.Combine(AppContext.BaseDirectory, "Everturn.Crash.Host.dll");

    public static CrashProgram Program(
        bool coLocate = true,
        int leaseMs = 10_000,
        int modelPauseMs = 0,
        int maxClaims = 5,
        int stayInMemoryMs = 1_000,
        string runtime = AgentRuntimes.Workflow
    ) =>
        CrashProgram.FromAssembly(Assembly) with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Crash__CoLocateInstances"] = coLocate ? "true" : "false",
                ["Crash__LeaseMs"] = $"{leaseMs}",
                ["Crash__ModelPauseMs"] = $"{modelPauseMs}",
                ["Crash__StayInMemoryMs"] = $"{stayInMemoryMs}",
                ["Crash__MaxClaims"] = $"{maxClaims}",
                ["Crash__Runtime"] = runtime,
                // Each life is short: what is compiled once more for speed is never run often enough.
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_TC_BackgroundWorkerTimeoutMs"] = "0",
                ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
            },
        };

    public static EffectsFile Effects(CrashHarness harness) => new(Path.Combine(harness.DataDirectory, "effects.txt"));

    /// <summary>Lets the agent <c>held</c> go on, in this and every later life.</summary>
    public static void Release(CrashHarness harness) =>
        File.WriteAllText(Path.Combine(harness.DataDirectory, "release"), "");

    /// <summary>Lets one conversation of the agent <c>busy</c> go on.</summary>
    public static void Release(CrashHarness harness, string message) =>
        File.WriteAllText(Path.Combine(harness.DataDirectory, $"release-{message}"), "");
}
