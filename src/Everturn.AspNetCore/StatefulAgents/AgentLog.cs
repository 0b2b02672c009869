using Everturn.StatefulAgents;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>What the routes of stateful agents log. Event ids 4100 to 4199.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(4100, LogLevel.Error, "A client could not be connected to {Id}.")]
    public static partial void SetupFailed(ILogger logger, Exception exception, StatefulAgentId id);

    [LoggerMessage(4101, LogLevel.Error, "A connection of a stateful agent failed.")]
    public static partial void ConnectionFailed(ILogger logger, Exception exception);
}
