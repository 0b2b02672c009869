using System.Diagnostics;
using System.Reflection;

namespace Everturn.Bench.Running;

/// <summary>Starts this program again in another role.</summary>
internal static class Self
{
    public static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessStartInfo(
            program,
            isHost ? [Assembly.GetExecutingAssembly().Location, .. arguments] : arguments
        )
        {
            UseShellExecute = false,
        };
    }
}
