using Everturn.Conformance.Tests.Npm;

namespace Everturn.Conformance.Tests;

public sealed class ConformancePageTests(ConformanceServer server)
{
    private static string Page => Path.Combine(SourceTree.Root, ConformancePage.File);

    [Fact]
    public async Task The_page_says_what_the_suites_say() =>
        (await RenderAsync()).ShouldBe(
            await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken),
            "Write the page anew: run Write_the_page, which is explicit."
        );

    [Fact(Explicit = true)]
    public async Task Write_the_page() =>
        await File.WriteAllTextAsync(Page, await RenderAsync(), TestContext.Current.CancellationToken);

    private async Task<string> RenderAsync()
    {
        var results = new Dictionary<string, IReadOnlyList<NpmResult>>();
        foreach (var version in NpmSuites.Versions)
        {
            results[version] = await server.Npm.ResultsAsync(version);
        }
        return ConformancePage.Render(results);
    }
}
