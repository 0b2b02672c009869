using System.Diagnostics;
using System.Text.Json;
using Everturn.Bench.Reporting;

namespace Everturn.Bench.Running;

/// <summary>Runs every benchmark in a fresh process, so that none profits or suffers from the one before.</summary>
internal static class AllRunner
{
    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var table = new MarkdownTable();
        foreach (var benchmark in Catalog.All)
        {
            var line = await RunAsync(benchmark.Name, options, cancellationToken);
            if (options.Json && line is not null)
            {
                Console.WriteLine(line);
            }

            table.Add(benchmark.Name, line is null ? null : JsonDocument.Parse(line).RootElement);
        }

        if (!options.Json)
        {
            Console.WriteLine(table);
        }

        return table.HasFailures ? 1 : 0;
    }

    private static async Task<string?> RunAsync(string name, BenchOptions options, CancellationToken cancellationToken)
    {
        var start = Self.Start(options.Arguments(name));
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output.TrimEnd().Split('\n')[^1] : null;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
