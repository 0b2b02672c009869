using System.Text.Json.Serialization.Metadata;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>What an interrupt and an abort have in common.</summary>
internal static class StopAnswer
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxReasonLength = 1_024;

    /// <summary>The body; null where it was left out.</summary>
    public static ValueTask<T?> ReadAsync<T>(SessionRequest request, JsonTypeInfo<T> type)
        where T : class => JsonBody.ReadOptionalAsync(request.Http.Request, type, MaxBytes);

    /// <exception cref="InvalidInputException">It is too long.</exception>
    public static string? Reason(string? reason) =>
        reason is { Length: > MaxReasonLength }
            ? throw new InvalidInputException("reason", $"It has at most {MaxReasonLength} characters.")
            : reason;

    /// <summary>Stops a run that the request names.</summary>
    /// <exception cref="InvalidInputException">The session has no such run.</exception>
    public static async Task<RunRecord> StopAsync(
        SessionRequest request,
        SessionKey key,
        string runId,
        Func<AgentHandle, Task<RunStatus>> stop
    )
    {
        var executor = request.AnyExecutor("");
        var handle =
            await executor.GetHandleAsync(key, runId, request.Aborted).ConfigureAwait(false)
            ?? throw new InvalidInputException("runId", "The session has no such run.");
        await stop(handle).ConfigureAwait(false);
        var run = await request.Store.GetRunAsync(key, runId, request.Aborted).ConfigureAwait(false);
        if (run is { ParentRunId: { } joined } && run.Status == RunStatus.Joined)
        {
            run = await request.Store.GetRunAsync(key, joined, request.Aborted).ConfigureAwait(false);
        }
        return run ?? throw new SessionNotFoundException(key.SessionId);
    }

    public static Task WriteAsync(SessionRequest request, SessionKey key, RunRecord? run)
    {
        var ended = run is { Status.IsEnded: true } ? run : null;
        var answer = new InterruptResponse
        {
            SessionId = key.SessionId,
            RunId = run?.RunId,
            Status = ExecutionStatus.Of(run?.Status),
            Reason = ended?.Reason,
            Error = ended?.Error,
            Output = RunOutput.Of(ended),
        };
        return request.Response.WriteAsync(answer, EverturnHttpJson.Default.InterruptResponse);
    }
}
