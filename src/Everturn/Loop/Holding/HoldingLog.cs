using Microsoft.Extensions.Logging;

namespace Everturn.Loop.Holding;

/// <summary>Log messages about calls that wait; ids 1330 to 1339.</summary>
internal static partial class HoldingLog
{
    [LoggerMessage(
        1330,
        LogLevel.Warning,
        "The approval rule of tool {Tool} failed in run {RunId}; the call needs approval."
    )]
    public static partial void RuleFailed(ILogger logger, string tool, string runId, Exception exception);
}
