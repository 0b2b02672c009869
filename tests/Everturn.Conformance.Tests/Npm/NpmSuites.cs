using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Everturn.Conformance.Tests.Npm;

/// <summary>Runs the suites with the packages of one version, once, and keeps the results.</summary>
public sealed class NpmSuites(ConformanceServer server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<NpmResult>>>> _runs = new();

    /// <summary>The versions of the package <c>agents</c>.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["0.32", "0.21"];

    /// <summary>The cases, as the file beside the suites lists them.</summary>
    public static IReadOnlyList<NpmCase> Cases { get; } =
        JsonSerializer.Deserialize(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases.json")),
            NpmJson.Default.ListNpmCase
        )!;

    /// <summary>The results with one version's clients.</summary>
    public Task<IReadOnlyList<NpmResult>> ResultsAsync(string version) =>
        _runs
            .GetOrAdd(
                version,
                _ =>
                    new(async () =>
                        JsonSerializer.Deserialize(
                            await NodeAsync("--url", server.Address, "--client", version),
                            NpmJson.Default.ListNpmResult
                        )!
                    )
            )
            .Value;

    /// <summary>Runs the suites' program and returns what it printed.</summary>
    public static async Task<string> NodeAsync(params string[] arguments)
    {
        var folder = Path.Combine(SourceTree.Root, "tests/Conformance/npm");
        Directory
            .Exists(Path.Combine(folder, "node_modules"))
            .ShouldBeTrue($"The npm packages are not installed: run npm ci in {folder}.");
        using var node = Process.Start(
            new ProcessStartInfo("node", ["run.mjs", .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var errors = node.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            var output = await node.StandardOutput.ReadToEndAsync(limit.Token);
            await node.WaitForExitAsync(limit.Token);
            node.ExitCode.ShouldBe(0, await errors);
            return output;
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
