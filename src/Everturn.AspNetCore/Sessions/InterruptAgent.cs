using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/interrupt</c>: the soft stop, durable and idempotent.</summary>
internal static class InterruptAgent
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxReasonLength = 1_024;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body =
            await JsonBody
                .ReadOptionalAsync(request.Http.Request, EverturnHttpJson.Default.InterruptRequest, MaxBytes)
                .ConfigureAwait(false)
            ?? new();
        var mode = Mode(body.Mode);
        if (body.Reason is { Length: > MaxReasonLength })
        {
            throw new InvalidInputException("reason", $"It has at most {MaxReasonLength} characters.");
        }
        var session = await request.SessionAsync(key).ConfigureAwait(false);
        var handle = await request
            .Executor(session.AgentType)
            .GetHandleAsync(key, request.Aborted)
            .ConfigureAwait(false);
        var response = handle is null
            ? new() { SessionId = key.SessionId, Status = ExecutionStatus.Idle }
            : await InterruptAsync(request, handle, body.Reason, mode).ConfigureAwait(false);
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.InterruptResponse).ConfigureAwait(false);
    }

    private static async Task<InterruptResponse> InterruptAsync(
        SessionRequest request,
        AgentHandle handle,
        string? reason,
        InterruptMode mode
    )
    {
        var status = await handle.InterruptAsync(reason, mode, request.Aborted).ConfigureAwait(false);
        var ended = status.IsEnded
            ? await request.Store.GetRunAsync(handle.Session, handle.RunId, request.Aborted).ConfigureAwait(false)
            : null;
        return new()
        {
            SessionId = handle.SessionId,
            RunId = handle.RunId,
            Status = ExecutionStatus.Of(ended?.Status ?? status),
            Reason = ended?.Reason,
            Error = ended?.Error,
            Output = RunOutput.Of(ended),
        };
    }

    private static InterruptMode Mode(string? mode) =>
        mode switch
        {
            null or "at_once" => InterruptMode.AtOnce,
            "at_checkpoint" => InterruptMode.AtCheckpoint,
            _ => throw new InvalidInputException("mode", "It is at_once or at_checkpoint."),
        };
}
