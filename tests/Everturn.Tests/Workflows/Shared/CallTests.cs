using System.Text.Json;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>Workflows that ask somebody outside, and what answers them.</summary>
public abstract class CallTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    protected static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected static Script Asks(ApprovalOptions? options = null)
    {
        Script? script = null;
        return script = new Script(
            async (step, _, _) =>
            {
                script!.Count("body");
                try
                {
                    var decision = await step.RequestApprovalAsync("ask", new Purchase("o-1", 40), options);
                    decision.IsApproved.ShouldBe(decision.Status == PendingCallStatus.Approved);
                    return $"{decision.Status} {decision.Arguments.Order} {decision.Arguments.Amount} "
                        + $"edited={decision.IsEdited} by={decision.DecidedBy} why={decision.Reason}";
                }
                catch (WorkflowTimeoutException exception)
                {
                    return exception.Message;
                }
            }
        );
    }

    protected static Task<WorkflowInstance> CreateAsync(TestHost host) =>
        host.Client<string, string>("script").CreateAsync("");

    protected static Task<string> ResultAsync(WorkflowInstance instance) =>
        TestHost.InTimeAsync(instance.ResultAsync<string>());

    protected static IApprovals Approvals(TestHost host) => host.Services.GetRequiredService<IApprovals>();

    protected static async Task<IReadOnlyList<PendingCallRecord>> ListAsync(TestHost host, PendingCallStatus status) =>
        (await Approvals(host).ListAsync(new() { Status = status })).Items;

    protected static async Task<PendingCallRecord> PendingAsync(TestHost host)
    {
        PendingCallRecord? call = null;
        await TestHost.UntilAsync(
            async () =>
                (call = await ListAsync(host, PendingCallStatus.Pending) is [var first, ..] ? first : null) is not null,
            "a request"
        );
        return call!;
    }

    protected static async Task<AnswerReceipt> AnswerAsync(
        TestHost host,
        ToolAnswer answer,
        AnswerOptions? options = null
    ) => await Approvals(host).AnswerAsync((await PendingAsync(host)).ApprovalId, answer, options);

    protected static JsonElement Json(string json) => JsonElement.Parse(json);

    protected static string Text(ReadOnlyMemory<byte> json) => System.Text.Encoding.UTF8.GetString(json.Span);

    /// <summary>What is asked for.</summary>
    public sealed record Purchase(string Order, int Amount);
}
