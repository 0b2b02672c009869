using System.Text.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Cli.Tests;

/// <summary>The samples of authorization, as programs, driven by the real tool.</summary>
public sealed class SamplesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_keys_everybody_has_their_own_sessions_and_operators_see_all()
    {
        await using var harness = new CrashHarness(Sample("ApiKeys"));
        var url = (await harness.StartAsync(cancellationToken: Token)).Client.BaseAddress!;

        (await RunAsync(url, null, "sessions", "list")).Exits(4);
        (await RunAsync(url, "wrong-key", "sessions", "list")).Exits(4);
        var chat = (
            await RunAsync(url, "ann-sample-key", "chat", "-a", "echo", "-s", "notes", "-m", "good morning")
        ).Exits(0);
        chat.Output.ShouldBe("good morning \n");
        (await RunAsync(url, "ann-sample-key", "sessions", "list")).Exits(0).Output.ShouldContain("notes");

        (await RunAsync(url, "bob-sample-key", "sessions", "list")).Exits(0).Output.ShouldNotContain("notes");
        (await RunAsync(url, "bob-sample-key", "sessions", "show", "notes")).Exits(3);
        (await RunAsync(url, "bob-sample-key", "chat", "-a", "echo", "-s", "notes", "-m", "mine")).Exits(3);

        (await RunAsync(url, "olga-sample-key", "sessions", "list")).Exits(0).Output.ShouldContain("notes");
        (await RunAsync(url, "olga-sample-key", "sessions", "tail", "notes")).Exits(0);
        (await RunAsync(url, "olga-sample-key", "sessions", "delete", "notes", "--yes")).Exits(4);
        (await RunAsync(url, "ann-sample-key", "sessions", "delete", "notes", "--yes")).Exits(0);
    }

    [Fact]
    public async Task Jwt_a_token_says_who_one_is_and_which_tenant_one_sees()
    {
        await using var harness = new CrashHarness(Sample("Jwt"));
        var host = await harness.StartAsync(cancellationToken: Token);
        var url = host.Client.BaseAddress!;
        var ann = await TokenAsync(host, "ann", "acme");
        var elsewhere = await TokenAsync(host, "ann", "globex");
        var bob = await TokenAsync(host, "bob", "acme");

        (await RunAsync(url, ann, "chat", "-a", "echo", "-s", "notes", "-m", "good morning")).Exits(0);
        (await RunAsync(url, ann, "sessions", "show", "notes")).Exits(0).Output.ShouldContain("ann");

        (await RunAsync(url, bob, "sessions", "show", "notes")).Exits(3);
        (await RunAsync(url, elsewhere, "sessions", "show", "notes")).Exits(3);
        (await RunAsync(url, elsewhere, "chat", "-a", "echo", "-s", "notes", "-m", "my own")).Exits(0);
        (await RunAsync(url, ann + "x", "sessions", "list")).Exits(4);
        (await RunAsync(url, null, "sessions", "list")).Exits(4);
    }

    // Each sample runs from its own folder, since each has settings of its own.
    private static CrashProgram Sample(string name)
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(bin.Parent!.Parent!.FullName, name, bin.Name, name + ".dll");
        return CrashProgram.FromAssembly(path) with
        {
            Environment = new Dictionary<string, string>
            {
                ["Urls"] = "http://127.0.0.1:0",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            },
        };
    }

    private static async Task<string> TokenAsync(CrashProcess host, string user, string tenant) =>
        JsonDocument
            .Parse(
                $"\"{await host.Client.GetStringAsync(new Uri($"/token?user={user}&tenant={tenant}", UriKind.Relative), Token)}\""
            )
            .RootElement.GetString()!;

    private static Task<CliResult> RunAsync(Uri url, string? key, params string[] arguments) =>
        CliProcess.RunInAsync(url, directory: null, key, arguments);
}
