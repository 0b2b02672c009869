using System.Runtime;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Everturn.Bench.Reporting;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static JsonObject Describe() =>
        new()
        {
            ["cpu"] = Cpu(),
            ["cores"] = Environment.ProcessorCount,
            ["os"] = RuntimeInformation.OSDescription,
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["serverGc"] = GCSettings.IsServerGC,
            ["tieredPgo"] = AppContext.GetData("System.Runtime.TieredPGO")?.ToString() ?? "default (on)",
        };

    private static string Cpu() =>
        (File.Exists(CpuInfo) ? File.ReadLines(CpuInfo) : [])
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':', 2)[1]
            .Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();
}
