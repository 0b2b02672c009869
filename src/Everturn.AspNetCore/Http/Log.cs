using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore;

/// <summary>What the HTTP surface logs. Event ids 4000 to 4099.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "A request to {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string path);

    [LoggerMessage(4001, LogLevel.Error, "A WebSocket on a session's stream failed.")]
    public static partial void SocketFailed(ILogger logger, Exception exception);
}
