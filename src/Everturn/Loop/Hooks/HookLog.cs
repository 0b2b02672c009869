using Microsoft.Extensions.Logging;

namespace Everturn.Loop.Hooks;

/// <summary>Log messages of hooks; ids 1300 to 1399.</summary>
internal static partial class HookLog
{
    [LoggerMessage(1300, LogLevel.Error, "Hook {Hook} of agent {AgentType} failed in run {RunId}, which goes on.")]
    public static partial void Failed(ILogger logger, string hook, string agentType, string runId, Exception exception);
}
