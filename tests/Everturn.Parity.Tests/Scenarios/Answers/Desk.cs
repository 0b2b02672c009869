using System.Collections.Concurrent;
using System.Text.Json;
using Everturn.Agents;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;

namespace Everturn.Parity.Tests.Scenarios.Answers;

/// <summary>An agent whose tools wait for somebody outside, and the mails that it sent.</summary>
internal sealed class Desk
{
    private readonly ConcurrentQueue<string> _sent = [];

    public Desk(Action<AgentToolOptions>? mail = null, Action<AgentToolOptions>? zone = null) =>
        Agent = AgentDefinition
            .Create("desk")
            .WithTool(
                async (string to, CancellationToken cancellationToken) =>
                {
                    await Sending(to, cancellationToken);
                    _sent.Enqueue(to);
                    return $"sent to {to}";
                },
                options =>
                {
                    options.Name = "send_mail";
                    options.RequireApproval();
                    mail?.Invoke(options);
                }
            )
            .WithTool((string text) => text.Length, options => options.Name = "count")
            .WithTool(
                AIFunctionFactory.CreateDeclaration(
                    "time_zone",
                    "The user's time zone.",
                    Json("""{"type":"object","properties":{"format":{"enum":["short","long"]}}}""")
                ),
                zone
            )
            .WithRetry(new() { MaxRetries = 0 })
            .Build();

    public AgentDefinition<string> Agent { get; }

    /// <summary>What a mail does before it is sent.</summary>
    public Func<string, CancellationToken, Task> Sending { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<string> Sent => [.. _sent];

    /// <summary>A call with the id <c>mail</c>, unless another is given.</summary>
    public static ScriptedReply Mail(string to, string id = "mail") => ScriptedReply.Empty.ThenMail(to, id);

    public static JsonElement Json(string json) => JsonElement.Parse(json);
}
