using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Testing.Crashes;
using Microsoft.Extensions.AI;

namespace Everturn.Parity.Tests.Walk;

/// <summary>The agent of a walk: its tools count what they do, as the services behind them would.</summary>
internal sealed class WalkTools
{
    /// <summary>How long a call waits for an answer, and how long a charge may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _begun = [];
    private readonly Dictionary<string, int> _again = [];
    private readonly WalkLog _log;

    public WalkTools(WalkLog log) => _log = log;

    /// <summary>The agent as one host has it.</summary>
    public AgentDefinition<string> AgentOf(WalkLife life) =>
        AgentDefinition
            .Create("walker")
            .WithState(Notes.Key)
            .WithTool((string text, ToolContext context) => NoteAsync(life, text, context), o => o.Name = "note")
            .WithTool(
                (ToolContext context, CancellationToken token) => WorkAsync(life, context, isStubborn: false, token),
                o => (o.Name, o.Timeout) = ("work", null)
            )
            .WithTool(
                (ToolContext context, CancellationToken token) => WorkAsync(life, context, isStubborn: true, token),
                o =>
                {
                    (o.Name, o.Timeout) = ("charge", Limit);
                    o.Effect = ToolEffect.AtMostOnce;
                }
            )
            .WithTool(
                (string to, ToolContext context) => SendAsync(life, to, context),
                o =>
                {
                    o.Name = "mail";
                    o.RequireApproval();
                    o.AnswerWithin = Limit;
                }
            )
            .WithTool(
                (ToolContext context, CancellationToken token) => WorkAsync(life, context, isStubborn: false, token),
                o =>
                {
                    (o.Name, o.Timeout, o.Effect) = ("refund", null, ToolEffect.AtMostOnce);
                    o.RequireApproval();
                    o.AnswerWithin = Limit;
                    o.OnExpiry = ExpiryOutcome.Error;
                }
            )
            .WithTool(
                AIFunctionFactory.CreateDeclaration(
                    "zone",
                    "The user's time zone.",
                    JsonElement.Parse("""{"type":"object"}""")
                ),
                o =>
                {
                    o.AnswerWithin = Limit;
                    o.OnExpiry = ExpiryOutcome.Expire;
                }
            )
            .WithRetry(new() { MaxRetries = 1, StallTimeout = TimeSpan.FromDays(1) })
            .Build();

    /// <summary>Somebody said that a call of unknown outcome is to be tried again.</summary>
    public void TryAgain(string toolCallId)
    {
        lock (_lock)
        {
            _again[toolCallId] = _again.GetValueOrDefault(toolCallId) + 1;
        }
    }

    private async Task<int> NoteAsync(WalkLife life, string text, ToolContext context)
    {
        await BeginAsync(life, context, isOnce: false);
        context.UpdateState(Notes.Key, notes => new([.. notes.Items, text]));
        return text.Length;
    }

    private async Task<string> SendAsync(WalkLife life, string to, ToolContext context)
    {
        await BeginAsync(life, context, isOnce: false);
        return $"sent to {to}";
    }

    private async Task<string> WorkAsync(
        WalkLife life,
        ToolContext context,
        bool isStubborn,
        CancellationToken cancellationToken
    )
    {
        await BeginAsync(life, context, isOnce: context.ToolCallId.StartsWith("once", StringComparison.Ordinal));
        await life.Holds.PassAsync(context.ToolCallId, isStubborn, cancellationToken);
        return "done";
    }

    // Invariant 5. What a dead host still does is no effect: its process is gone.
    private async Task BeginAsync(WalkLife life, ToolContext context, bool isOnce)
    {
        life.ThrowIfOver();
        var finished = await (await life.Host).Store.ReadFinishedCallsAsync(context.Session);
        life.ThrowIfOver();
        lock (_lock)
        {
            var begun = _begun[context.IdempotencyKey] = _begun.GetValueOrDefault(context.IdempotencyKey) + 1;
            if (finished.Contains(context.IdempotencyKey))
            {
                _log.Violation($"Invariant 5: call {context.ToolCallId} ran again after its outcome was durable.");
            }

            if (isOnce && begun > 1 + _again.GetValueOrDefault(context.ToolCallId))
            {
                _log.Violation($"Invariant 5: call {context.ToolCallId}, which may happen once, began {begun} times.");
            }
        }
    }
}
