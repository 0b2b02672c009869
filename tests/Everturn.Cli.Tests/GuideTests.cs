using System.Text.RegularExpressions;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Cli.Tests;

/// <summary>The guide shows what the tool prints: each of its commands is run, in their order, on one server.</summary>
public sealed partial class GuideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Guide { get; } = Find("docs/guides/cli.md");

    [Fact]
    public async Task The_guide_shows_what_the_tool_prints()
    {
        var page = await File.ReadAllTextAsync(Guide, Token);

        (await PlayAsync(page)).ShouldBe(page);
    }

    [Fact(Explicit = true)]
    public async Task Write_the_guide() =>
        await File.WriteAllTextAsync(Guide, await PlayAsync(await File.ReadAllTextAsync(Guide, Token)), Token);

    /// <summary>The page with what each command prints now.</summary>
    private static async Task<string> PlayAsync(string page)
    {
        await using var host = await CliHost.StartAsync(
            ScriptedReply.Text("A title, ", "perhaps."),
            ScriptedReply.Text("To Lisbon: ", "the jacarandas ", "are in bloom.")
        );
        await host.TurnAsync("draft", "Name my report");
        host.Clock.Now += TimeSpan.FromMinutes(2);
        var played = page;
        foreach (Match block in Blocks().Matches(page))
        {
            var command = block.Groups["command"].Value;
            var result = await CliProcess.RunInAsync(host.Url, host.Folder, null, Arguments(command));
            await SettleAsync(host);
            var text = $"```console\n$ everturn {command}\n{Normal(result.Output + result.Errors)}```";
            played = played.Replace(block.Value, text, StringComparison.Ordinal);
        }
        return played;
    }

    // What a command set going comes to rest before the next one looks.
    private static async Task SettleAsync(CliHost host)
    {
        var engine = host.Services.GetRequiredService<IWorkflowEngine>();
        foreach (var instance in (await engine.ListAsync(new() { Workflow = "onboarding" }, Token)).Instances)
        {
            await host.InstanceAsync(
                instance.Key.Id,
                found => found.Status.IsTerminal || found.Status == InstanceStatus.Paused || IsWaiting(found)
            );
        }
    }

    // For the event, not for a retry.
    private static bool IsWaiting(InstanceSnapshot instance) =>
        instance.Status == InstanceStatus.Waiting && instance.WakeAt > instance.CreatedAt.AddDays(1);

    private static string[] Arguments(string command) =>
        [
            .. Words()
                .Matches(command)
                .Select(word => word.Value is ['"', ..] or ['\'', ..] ? word.Value[1..^1] : word.Value),
        ];

    // What differs from one time to the next.
    private static string Normal(string text)
    {
        text = Uuid().Replace(text, "0199…");
        text = Checkpoint().Replace(text, "cpv1-…");
        text = Process().Replace(text, "Process 4711 on laptop");
        text = Size().Replace(text, "16 MiB");
        return Outbox().Replace(text, "outbox: 0");
    }

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }
        throw new InvalidOperationException("The tests run from a clone of the repository.");
    }

    [GeneratedRegex(@"^```console\n\$ everturn (?<command>.*)\n(?:.*\n)*?```", RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"cpv1-[^""\s]+")]
    private static partial Regex Checkpoint();

    [GeneratedRegex(@"Process \d+ on \S+")]
    private static partial Regex Process();

    [GeneratedRegex(@"\d+ MiB")]
    private static partial Regex Size();

    [GeneratedRegex(@"outbox: \d+")]
    private static partial Regex Outbox();
}
