using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Approvals;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>A call of an instance to somebody outside: how it is asked for, and how its outcome comes back. Pure.</summary>
internal static class InstanceCall
{
    /// <summary>The longest arguments and results, in bytes of JSON: with all that is noted beside them they fit a record.</summary>
    public const int MaxContentBytes = JournalRecord.MaxValueBytes - (64 * 1024);

    private const int MaxTextLength = 256;

    /// <summary>No event that users can send has such a type.</summary>
    private const string EventPrefix = "call:";

    // As answers are stored: escaping for HTML would make texts up to six times longer.
    private static readonly WorkflowEngineJson Json = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 128,
        }
    );

    public static string EventType(string approvalId) => EventPrefix + approvalId;

    /// <summary>The id of the call that a wait is for.</summary>
    public static string ApprovalId(string eventType) => eventType[EventPrefix.Length..];

    public static bool IsCall(JournalKind kind) => kind == JournalKind.Approval || kind == JournalKind.ClientTool;

    /// <exception cref="InvalidInputException">The arguments or an option is not acceptable.</exception>
    public static void Check(CallRequest request)
    {
        if (request.Arguments.Length > MaxContentBytes)
        {
            throw new InvalidInputException("arguments", $"have at most {MaxContentBytes} bytes of JSON.");
        }

        if (request.Arguments.IsEmpty || request.Arguments.Span[0] != (byte)'{')
        {
            throw new InvalidInputException("arguments", "must be written as a JSON object.");
        }

        if (request.AnswerWithin is { } longest)
        {
            StepRules.CheckWait(longest, "options.AnswerWithin");
        }

        CheckText(request.Tool, "options.Tool");
        CheckText(request.UserId, "options.UserId");
        var outcome = request.OnExpiry;
        if (outcome != ExpiryOutcome.Deny && outcome != ExpiryOutcome.Expire && outcome != ExpiryOutcome.Error)
        {
            throw new InvalidInputException("options.OnExpiry", "is deny, expire or error.");
        }
    }

    /// <summary>The row that stands for a request.</summary>
    /// <param name="instance">Who asks.</param>
    /// <param name="step">The step.</param>
    /// <param name="request">What for.</param>
    /// <param name="at">Now.</param>
    public static PendingCallRecord New(
        InstanceRecord instance,
        JournalKey step,
        CallRequest request,
        DateTimeOffset at
    ) =>
        new()
        {
            Session = new(instance.Key.Tenant, ""),
            ApprovalId = IdOf(instance, step),
            UserId = request.UserId,
            RunId = "",
            ToolCallId = string.Create(CultureInfo.InvariantCulture, $"{step.Name}-{step.Ordinal}"),
            ToolName = request.Tool ?? step.Name,
            Kind = step.Kind == JournalKind.ClientTool ? PendingCallKind.Client : PendingCallKind.Approval,
            Arguments = request.Arguments,
            AnswerSchema = request.Schema,
            ArgumentsHash = HeldCalls.HashOf(request.Arguments),
            OnExpiry = request.OnExpiry,
            Sensitive = request.Sensitive,
            Workflow = instance.Key.Workflow,
            InstanceId = instance.Key.Id,
            RequestedAt = at,
            ExpiresAt = at + request.AnswerWithin,
        };

    public static InstanceKey InstanceOf(PendingCallRecord call) =>
        new(call.Session.Tenant, call.Workflow!, call.InstanceId!);

    /// <summary>What the instance is told of a call that has its outcome.</summary>
    /// <param name="decided">The call.</param>
    /// <param name="answer">The answer; null where nobody answered.</param>
    public static NewEvent EventOf(PendingCallRecord decided, ToolAnswer? answer)
    {
        var isApproval = decided.Kind == PendingCallKind.Approval;
        var outcome = new CallOutcome
        {
            ApprovalId = decided.ApprovalId,
            Status =
                answer is null && decided.OnExpiry == ExpiryOutcome.Deny ? PendingCallStatus.Denied : decided.Status,
            Arguments = isApproval ? answer?.Arguments ?? JsonElement.Parse(decided.Arguments.Span) : null,
            IsEdited = answer?.Arguments is not null,
            Result = answer?.Result,
            Error = ErrorOf(decided, answer),
            DecidedBy = decided.DecidedBy,
            Reason = answer is null ? "Nobody answered in time." : decided.Reason,
            DecidedAt = decided.DecidedAt.GetValueOrDefault(),
        };
        return new(
            InstanceOf(decided),
            EventType(decided.ApprovalId),
            WorkflowPayloads.Encode(JsonSerializer.SerializeToUtf8Bytes(outcome, Json.CallOutcome)),
            outcome.DecidedAt
        );
    }

    public static CallOutcome Read(Everturn.Storage.Payload payload) =>
        JsonSerializer.Deserialize(WorkflowPayloads.Decode(payload).Span, Json.CallOutcome)!;

    private static InstanceError? ErrorOf(PendingCallRecord decided, ToolAnswer? answer) =>
        answer is null && decided.OnExpiry == ExpiryOutcome.Error
            ? new(WorkflowTimeoutException.StoredName, $"Nobody answered \"{decided.ToolCallId}\" in time")
        : answer?.Error is { } error ? new(ClientToolFailedException.StoredName, error)
        : null;

    // A restarted instance asks anew: by the owner's epoch no answer to an earlier request can be taken for one to this.
    private static string IdOf(InstanceRecord instance, JournalKey step) =>
        "wf-"
        + Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{instance.Key.Tenant}\n{instance.Key.Workflow}\n{instance.Key.Id}\n{instance.CreatedAt.ToUnixTimeMilliseconds()}\n{instance.OwnerEpoch}\n{step.Kind}\n{step.Ordinal}\n{step.Name}"
                    )
                )
            )
        )[..40];

    private static void CheckText(string? text, string field)
    {
        if (text is not null && text.Length is 0 or > MaxTextLength)
        {
            throw new InvalidInputException(field, $"has 1 to {MaxTextLength} characters.");
        }
    }
}
