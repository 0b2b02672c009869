using System.Text.RegularExpressions;
using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Cli.Tests;

/// <summary>The guide shows what the tool prints: each of its commands is run, in their order, on one server.</summary>
public sealed partial class GuideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Its card never answers in time.</summary>
    private static AgentDefinition<string> Cashier { get; } =
        AgentDefinition
            .Create("cashier")
            .WithTool(
                (string to) => $"sent to {to}",
                options =>
                {
                    options.Name = "send_mail";
                    options.RequireApproval();
                }
            )
            .WithTool(
                (int euros, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct),
                options =>
                {
                    options.Name = "charge_card";
                    options.Effect = ToolEffect.AtMostOnce;
                    options.Timeout = TimeSpan.FromMilliseconds(10);
                }
            )
            .Build();

    private static IReadOnlyDictionary<string, string> Shown { get; } =
        new Dictionary<string, string>
        {
            ["order-7"] = "019eaf3a-9a40-7e02-9b7c-0c4d2a9b83f0",
            ["order-8"] = "019eaf3b-84a0-7c51-8d1e-5b1f6f0e21a7",
        };

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
            new ScriptedChatClient(
                ScriptedReply.Text("A title, ", "perhaps."),
                ScriptedReply.Text("To Lisbon: ", "the jacarandas ", "are in bloom."),
                ScriptedReply.ToolCall("charge_card", new() { ["euros"] = 12 }),
                ScriptedReply.ToolCall("send_mail", new() { ["to"] = "ann" }),
                ScriptedReply.Text("Paid.")
            ),
            services => services.AddEverturn().AddAgent(Cashier)
        );
        await host.TurnAsync("draft", "Name my report");
        host.Clock.Now += TimeSpan.FromMinutes(2);
        var played = page;
        IReadOnlyDictionary<string, string> approvals = new Dictionary<string, string>();
        foreach (Match block in Blocks().Matches(page))
        {
            var command = block.Groups["command"].Value;
            if (command == "approvals list" && approvals.Count == 0)
            {
                approvals = await SuspendAsync(host);
            }
            var typed = approvals.Aggregate(command, (line, id) => line.Replace(id.Value, id.Key));
            var result = await CliProcess.RunInAsync(host.Url, host.Folder, null, Arguments(typed));
            await SettleAsync(host);
            if (command.EndsWith(" --resume", StringComparison.Ordinal))
            {
                await CompleteAsync(host, "order-7");
            }
            var printed = Normal(result.Output + result.Errors, approvals);
            var text = $"```console\n$ everturn {command}\n{printed}```";
            played = played.Replace(block.Value, text, StringComparison.Ordinal);
        }
        return played;
    }

    // A call of unknown outcome and one that needs approval; each id with the one that the guide shows for it.
    private static async Task<IReadOnlyDictionary<string, string>> SuspendAsync(CliHost host)
    {
        foreach (var session in Shown.Keys)
        {
            var run = await host
                .Services.GetRequiredService<IAgentExecutor>()
                .ExecuteAsync(Cashier, "Take 12 euros, then tell Ann.", new() { SessionId = session }, Token);
            await run.WaitAsync(Token);
            host.Clock.Now += TimeSpan.FromMinutes(1);
        }

        var waiting = await host.Services.GetRequiredService<IApprovals>().ListAsync(new(), Token);
        return waiting.Items.ToDictionary(call => call.ApprovalId, call => Shown[call.Session.SessionId]);
    }

    // What an answer set going comes to its end before the next one looks.
    private static async Task CompleteAsync(CliHost host, string sessionId)
    {
        var executor = host.Services.GetRequiredService<IAgentExecutor>();
        while ((await executor.GetHandleAsync(new(sessionId), Token))!.Run.Status != RunStatus.Completed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }
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
    private static string Normal(string text, IReadOnlyDictionary<string, string> approvals)
    {
        text = Uuid().Replace(text, id => approvals.GetValueOrDefault(id.Value, "0199…"));
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
