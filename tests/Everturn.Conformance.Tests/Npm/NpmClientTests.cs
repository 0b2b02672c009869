using System.Text.Json;

namespace Everturn.Conformance.Tests.Npm;

/// <summary>The unmodified npm clients of Cloudflare Agents against our server, one test for each of their cases.</summary>
public sealed class NpmClientTests(ConformanceServer server)
{
    public static TheoryData<string, string, string> All
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var version in NpmSuites.Versions)
            {
                foreach (var (suite, name) in NpmSuites.Cases)
                {
                    data.Add(version, suite, name);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_clients_of_a_version_work(string version, string suite, string name)
    {
        var results = await server.Npm.ResultsAsync(version);

        var result = results.Single(result => result.Suite == suite && result.Case == name);
        result.Passed.ShouldBeTrue(result.Error);
    }

    [Fact]
    public async Task The_list_of_cases_is_that_of_the_suites()
    {
        var listed = JsonSerializer.Deserialize(await NpmSuites.NodeAsync("--list"), NpmJson.Default.ListNpmCase)!;

        NpmSuites.Cases.ShouldBe(listed, "Write cases.json anew: node run.mjs --list > cases.json");
    }
}
