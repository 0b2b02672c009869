using System.Text.Json;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Approvals;

/// <summary>
/// Answers what instances of workflows ask: the outcome of a call and the event that wakes its instance are one
/// transaction of the workflow store, and the first answer counts.
/// </summary>
/// <param name="store">The workflow store.</param>
/// <param name="host">Told that an instance can go on.</param>
/// <param name="limits">For the size of answers.</param>
/// <param name="time">The clock.</param>
internal sealed class InstanceDesk(IWorkflowStore store, InstanceHost host, EverturnLimits limits, TimeProvider time)
{
    public ValueTask<PendingCallRecord?> FindAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken
    ) => store.FindCallAsync(tenant, approvalId, cancellationToken);

    public ValueTask<Page<PendingCallRecord>> ListAsync(PendingCallQuery query, CancellationToken cancellationToken) =>
        store.ListCallsAsync(query, cancellationToken);

    /// <inheritdoc cref="IApprovals.AnswerAsync"/>
    public async Task<AnswerReceipt> AnswerAsync(
        PendingCallRecord asked,
        ToolAnswer answer,
        AnswerOptions options,
        CancellationToken cancellationToken
    )
    {
        AnswerRules.Check(answer, options, limits, time.GetUtcNow());
        Check(answer);
        while (true)
        {
            var call =
                await FindAsync(asked.Session.Tenant, asked.ApprovalId, cancellationToken).ConfigureAwait(false)
                ?? throw new PendingCallNotFoundException(asked.ApprovalId);
            if (call.Status != PendingCallStatus.Pending)
            {
                return AnswerRules.IsSame(call, answer)
                    ? new() { Call = call, IsReplay = true }
                    : throw new AnswerConflictException(call);
            }

            var now = time.GetUtcMilliseconds();
            if (call.ExpiresAt <= now)
            {
                await DecideAsync(AnswerRules.Expire(call, now), null, cancellationToken).ConfigureAwait(false);
                continue;
            }

            AnswerRules.CheckFits(call, answer);
            CheckContent(call, answer);
            var decided = AnswerRules.Decide(call, answer, options.DecidedBy, now);
            if (await DecideAsync(decided, answer, cancellationToken).ConfigureAwait(false))
            {
                return new() { Call = decided, Resumes = true };
            }
        }
    }

    /// <returns>False where it has another outcome by now.</returns>
    private async ValueTask<bool> DecideAsync(
        PendingCallRecord decided,
        ToolAnswer? answer,
        CancellationToken cancellationToken
    )
    {
        var outcome = InstanceCall.EventOf(decided, answer);
        if (!await store.DecideCallAsync(decided, outcome, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        host.Notified(outcome.Key);
        return true;
    }

    private static void Check(ToolAnswer answer)
    {
        if (answer.GrantUntil is not null)
        {
            throw new InvalidInputException("grantUntil", "A workflow asks for each of its calls.");
        }

        CheckSize(answer.Arguments, "arguments");
        CheckSize(answer.Result, "result");
    }

    private static void CheckSize(JsonElement? value, string field)
    {
        if (value is { } json && State.JsonBytes.Write(json).Length > InstanceCall.MaxContentBytes)
        {
            throw new InvalidInputException(field, $"It has at most {InstanceCall.MaxContentBytes} bytes of JSON.");
        }
    }

    private static void CheckContent(PendingCallRecord call, ToolAnswer answer)
    {
        if (call.AnswerSchema is not { } stored)
        {
            return;
        }

        var schema = JsonElement.Parse(stored.Span);
        if (answer.Arguments is { } edited && ArgumentSchema.Misfit(schema, edited) is { } misfit)
        {
            throw new InvalidInputException("arguments", $"They do not fit what was asked: {misfit}.");
        }

        if (answer.Result is { } result && ArgumentSchema.ResultMisfit(schema, result) is { } wrong)
        {
            throw new InvalidInputException("result", $"It does not fit what was asked: {wrong}.");
        }
    }
}
