using System.Diagnostics;

namespace Everturn.Conformance.Tests.Npm;

public sealed class BundleTests
{
    [Fact]
    public async Task The_client_in_the_samples_page_is_what_the_script_makes_of_the_package()
    {
        var token = TestContext.Current.CancellationToken;
        using var node = Process.Start(
            new ProcessStartInfo("node", ["bundle.mjs", "--print"])
            {
                WorkingDirectory = Path.Combine(SourceTree.Root, "tests/Conformance/npm"),
                RedirectStandardOutput = true,
            }
        )!;

        var bundle = await node.StandardOutput.ReadToEndAsync(token);
        await node.WaitForExitAsync(token);

        var committed = Path.Combine(SourceTree.Root, "samples/Counter/wwwroot/agents-client.js");
        bundle.ShouldBe(await File.ReadAllTextAsync(committed, token), "npm run bundle writes it anew");
    }
}
