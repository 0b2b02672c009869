using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Server;

/// <summary>What agent servers log. Event ids 4100 to 4199.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(4100, LogLevel.Error, "The hook {Hook} failed.")]
    public static partial void HookFailed(ILogger logger, string hook, Exception exception);

    [LoggerMessage(4101, LogLevel.Warning, "The end of run {RunId} could not be told, and will be tried again.")]
    public static partial void ReportFailed(ILogger logger, string runId, Exception exception);
}
