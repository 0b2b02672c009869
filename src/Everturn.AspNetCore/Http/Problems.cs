using Everturn.Agents;
using Everturn.Approvals;
using Everturn.AspNetCore.Approvals;
using Everturn.Sessions;
using Everturn.Streaming;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore;

/// <summary>The one place that says which exception is which answer.</summary>
internal static class Problems
{
    private const int RetryAfterSeconds = 1;

    /// <summary>The answer to an exception.</summary>
    public static Problem From(Exception exception) =>
        exception switch
        {
            HttpProblemException refused => refused.Problem,
            InvalidInputException invalid => InvalidInput(invalid.Field, invalid.Detail),
            SessionNotFoundException missing => SessionNotFound(missing.SessionId),
            SessionDeletedException deleted => new(
                StatusCodes.Status410Gone,
                ProblemCode.SessionDeleted,
                "The session was deleted",
                deleted.Message
            )
            {
                SessionId = deleted.SessionId,
            },
            AgentNotFoundException unknown => new(
                StatusCodes.Status404NotFound,
                ProblemCode.AgentNotFound,
                "No such agent",
                unknown.Message
            )
            {
                Field = "agentType",
                AgentType = unknown.AgentType,
                AvailableTypes = unknown.AvailableTypes,
            },
            AgentAlreadyRunningException running => new(
                StatusCodes.Status409Conflict,
                ProblemCode.AgentAlreadyRunning,
                "The session has a run already",
                running.Message
            )
            {
                SessionId = running.SessionId,
                RunId = running.RunId,
                RunStatus = running.Status,
            },
            AgentMismatchException other => new(
                StatusCodes.Status409Conflict,
                ProblemCode.AgentMismatch,
                "The session belongs to another agent",
                other.Message
            )
            {
                Field = "agentType",
                SessionId = other.SessionId,
                AgentType = other.AgentType,
                ActualAgentType = other.ActualAgentType,
            },
            CannotResumeException refused => new(
                StatusCodes.Status409Conflict,
                ProblemCode.CannotResume,
                "The session cannot be taken up again",
                refused.Message
            )
            {
                SessionId = refused.SessionId,
                Reason = refused.Reason,
                RunId = refused.RunId,
                RunStatus = refused.Status?.Value,
            },
            PendingCallNotFoundException missing => ApprovalNotFound(missing.Id),
            AnswerConflictException late => new(
                StatusCodes.Status409Conflict,
                ProblemCode.AnswerConflict,
                "The call has another outcome already",
                late.Message
            )
            {
                SessionId = late.Call.InstanceId is null ? late.Call.Session.SessionId : null,
                Workflow = late.Call.Workflow,
                InstanceId = late.Call.InstanceId,
                Reason = late.Call.Status.Value,
                Approval = ApprovalView.Of(late.Call, session: null, inList: true),
            },
            CheckpointNotFoundException missing => new(
                StatusCodes.Status404NotFound,
                ProblemCode.CheckpointNotFound,
                "No such checkpoint",
                missing.Message
            )
            {
                Field = "options.checkpointId",
                SessionId = missing.SessionId,
                CheckpointId = missing.CheckpointId,
            },
            RequestConflictException conflict => new(
                StatusCodes.Status422UnprocessableEntity,
                ProblemCode.RequestConflict,
                "The request id was used with another body",
                conflict.Message
            )
            {
                Field = "requestId",
            },
            TooManyReadersException full => new(
                StatusCodes.Status429TooManyRequests,
                ProblemCode.TooManyReaders,
                "The session has too many readers",
                full.Message
            )
            {
                SessionId = full.SessionId,
                RetryAfter = RetryAfterSeconds,
            },
            StoreUnavailableException => new(
                StatusCodes.Status503ServiceUnavailable,
                ProblemCode.StoreUnavailable,
                "The store refuses work",
                "Nothing was changed. Repeat the request later."
            )
            {
                RetryAfter = RetryAfterSeconds,
            },
            // This process lost its place to another one for a moment, and takes a new one by itself.
            OwnershipLostException => new(
                StatusCodes.Status503ServiceUnavailable,
                ProblemCode.StoreUnavailable,
                "This server is rejoining",
                "Nothing was changed. Repeat the request later."
            )
            {
                RetryAfter = RetryAfterSeconds,
            },
            OutcomeUnknownException => new(
                StatusCodes.Status503ServiceUnavailable,
                ProblemCode.OutcomeUnknown,
                "The outcome is unknown",
                "The store failed while the change was being written, so it may or may not be durable. Read the state "
                    + "again, or repeat the request with the same request id."
            )
            {
                RetryAfter = RetryAfterSeconds,
            },
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => TooLarge(
                large.Message
            ),
            BadHttpRequestException bad => new(
                bad.StatusCode,
                ProblemCode.BadRequest,
                "The request is malformed",
                bad.Message
            ),
            _ => new(
                StatusCodes.Status500InternalServerError,
                ProblemCode.Internal,
                "Something went wrong",
                "The server's log says what."
            ),
        };

    /// <summary>What a status means, for the OpenAPI document.</summary>
    public static string Describe(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "A value is not acceptable: `field` says which.",
            StatusCodes.Status403Forbidden => "The caller may see it, but not do this.",
            StatusCodes.Status404NotFound => "It is not there, or the caller may not know that it is.",
            StatusCodes.Status409Conflict => "Its state does not allow it.",
            StatusCodes.Status410Gone => "It was deleted.",
            StatusCodes.Status413PayloadTooLarge => "The body is too large.",
            StatusCodes.Status415UnsupportedMediaType => "The body is not JSON.",
            StatusCodes.Status422UnprocessableEntity => "The request id was used with another body.",
            StatusCodes.Status429TooManyRequests => "The session has too many readers.",
            StatusCodes.Status503ServiceUnavailable => "The store refuses work: repeat it after `Retry-After`.",
            _ => "Something went wrong: the server's log says what.",
        };

    public static Problem InvalidInput(string field, string detail) =>
        new(StatusCodes.Status400BadRequest, ProblemCode.InvalidInput, "A value is not acceptable", detail)
        {
            Field = field,
        };

    public static Problem SessionNotFound(string sessionId) =>
        new(
            StatusCodes.Status404NotFound,
            ProblemCode.SessionNotFound,
            "No such session",
            $"There is no session '{sessionId}'."
        )
        {
            SessionId = sessionId,
        };

    public static Problem ApprovalNotFound(string id) =>
        new(
            StatusCodes.Status404NotFound,
            ProblemCode.ApprovalNotFound,
            "No such call",
            $"No call '{id}' waits, or waited, for an answer."
        );

    public static Problem Forbidden(EverturnResource resource, EverturnAction action) =>
        new(
            StatusCodes.Status403Forbidden,
            ProblemCode.Forbidden,
            "It is not allowed",
            $"You may not {action} {resource.Kind} '{Name(resource)}'."
        )
        {
            SessionId = resource.Kind == EverturnResourceKind.Session ? resource.Id : null,
            Workflow = resource.Kind == EverturnResourceKind.Workflow ? resource.Type : null,
        };

    public static Problem OriginNotAllowed() =>
        new(
            StatusCodes.Status403Forbidden,
            ProblemCode.OriginNotAllowed,
            "Pages of this origin may not connect",
            "Add the page's origin to StreamConnectionOptions.AllowedOrigins."
        )
        {
            Field = "Origin",
        };

    public static Problem SessionRunning(string sessionId, string? runId) =>
        new(
            StatusCodes.Status409Conflict,
            ProblemCode.SessionRunning,
            "The session has a run that is not over",
            "Interrupt the run and wait for its end, then delete the session."
        )
        {
            SessionId = sessionId,
            RunId = runId,
        };

    public static Problem HookFailed(string hook) =>
        new(
            StatusCodes.Status500InternalServerError,
            ProblemCode.HookFailed,
            "A hook of the server failed",
            $"{hook} failed, and nothing was begun. The server's log says why."
        );

    public static Problem UpgradeRequired() =>
        new(
            StatusCodes.Status426UpgradeRequired,
            ProblemCode.UpgradeRequired,
            "This is the address of a WebSocket",
            "Connect with a WebSocket."
        );

    public static Problem NoSuchRoute() =>
        new(
            StatusCodes.Status404NotFound,
            ProblemCode.NotFound,
            "There is nothing at this address",
            "The path is none of Everturn's."
        );

    public static Problem MethodNotAllowed(string method, IEnumerable<string> allowed) =>
        new(
            StatusCodes.Status405MethodNotAllowed,
            ProblemCode.MethodNotAllowed,
            "The method is not allowed here",
            $"{method} is not allowed here, but {string.Join(", ", allowed)} is."
        );

    public static Problem Malformed(string field, string detail) =>
        new(StatusCodes.Status400BadRequest, ProblemCode.MalformedJson, "The body is not valid JSON", detail)
        {
            Field = field,
        };

    public static Problem TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, ProblemCode.PayloadTooLarge, "The body is too large", detail)
        {
            Field = JsonBody.Field,
        };

    public static Problem UnsupportedMediaType() =>
        new(
            StatusCodes.Status415UnsupportedMediaType,
            ProblemCode.UnsupportedMediaType,
            "The body is not JSON",
            "Send application/json, in UTF-8."
        )
        {
            Field = "Content-Type",
        };

    // An instance that is to be created may have no id yet.
    private static string Name(EverturnResource resource) =>
        resource.Kind == EverturnResourceKind.Workflow ? $"{resource.Type}/{resource.Id}".TrimEnd('/') : resource.Id;
}
