using Everturn.Bench.Reporting;

namespace Everturn.Bench.Running;

/// <summary>Runs one benchmark in this process.</summary>
internal static class Runner
{
    public static async Task<int> RunAsync(
        IBenchmark benchmark,
        BenchOptions options,
        CancellationToken cancellationToken
    )
    {
        using var directory = new WorkDirectory(options.Directory);
        await Console.Error.WriteLineAsync($"{benchmark.Name}: {benchmark.Summary}");
        var result = await benchmark.RunAsync(new(directory, options.Scale), cancellationToken);
        var report = new BenchReport(benchmark.Name, result, options, directory.FileSystem);
        Console.WriteLine(options.Json ? report.ToJson() : report.ToText());
        return 0;
    }
}
