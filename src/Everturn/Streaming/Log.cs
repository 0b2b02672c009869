using Microsoft.Extensions.Logging;

namespace Everturn.Streaming;

/// <summary>What the live streams log. Event ids 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1100,
        LogLevel.Warning,
        "Looking for new chunks failed; readers of other processes' sessions wait for the next look."
    )]
    public static partial void LookFailed(ILogger logger, Exception exception);
}
