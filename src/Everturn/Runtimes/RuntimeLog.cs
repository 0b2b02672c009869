using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>Log messages of the runtimes; ids 1200 to 1299.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(1200, LogLevel.Warning, "{Worker} failed and goes on.")]
    public static partial void BackgroundFailed(ILogger logger, string worker, Exception exception);

    [LoggerMessage(1201, LogLevel.Error, "Run {RunId} of session {Session} failed: {Reason}.")]
    public static partial void RunFailed(ILogger logger, string runId, string session, string reason);

    [LoggerMessage(1202, LogLevel.Information, "Run {RunId} of session {Session} was taken over at step {Step}.")]
    public static partial void TakenOver(ILogger logger, string runId, string session, int step);

    [LoggerMessage(1203, LogLevel.Warning, "A step of run {RunId} did not get through and is tried again.")]
    public static partial void StepFailed(ILogger logger, string runId, Exception exception);

    [LoggerMessage(1204, LogLevel.Error, "Message {RunId} of session {Session} waited and can not begin a run.")]
    public static partial void QueuedRefused(ILogger logger, string runId, string session, Exception exception);

    [LoggerMessage(1205, LogLevel.Warning, "What waits in session {Session} could not begin and is tried again.")]
    public static partial void QueueStalled(ILogger logger, string session, Exception exception);

    [LoggerMessage(
        1206,
        LogLevel.Warning,
        "Run {RunId} of session {Session} has its answers, could not be resumed and is tried again."
    )]
    public static partial void ResumeStalled(ILogger logger, string runId, string session, Exception exception);

    [LoggerMessage(
        1207,
        LogLevel.Warning,
        "The time of call {ApprovalId} of session {Session} is over, its outcome could not be written and is tried again."
    )]
    public static partial void ExpiryStalled(ILogger logger, string approvalId, string session, Exception exception);

    [LoggerMessage(
        1210,
        LogLevel.Warning,
        "Run {RunId} of session {Session} lost its host {NodeId} and was marked interrupted; resume it to go on."
    )]
    public static partial void HostLost(ILogger logger, string runId, string session, string nodeId);

    [LoggerMessage(1211, LogLevel.Warning, "The host stopped before {Count} in-process runs had ended.")]
    public static partial void LeftBehind(ILogger logger, int count, Exception exception);
}
