using Microsoft.Extensions.Logging;

namespace Everturn.Workflows;

/// <summary>What the step engine logs. Event ids 2000 to 2099.</summary>
internal static partial class WorkflowLog
{
    [LoggerMessage(2000, LogLevel.Information, "Executing workflows {Workflows} as node {Node}.")]
    public static partial void Started(ILogger logger, IReadOnlyCollection<string> workflows, string node);

    [LoggerMessage(2001, LogLevel.Information, "Took over {Count} instances from nodes that are gone.")]
    public static partial void TookOver(ILogger logger, int count);

    [LoggerMessage(2002, LogLevel.Debug, "Instance {Instance} has another owner or was ended; stopped here.")]
    public static partial void OwnershipLost(ILogger logger, InstanceKey instance);

    [LoggerMessage(2003, LogLevel.Error, "A commit of instance {Instance} failed; it will be taken up again.")]
    public static partial void CommitFailed(ILogger logger, InstanceKey instance, Exception exception);

    [LoggerMessage(2004, LogLevel.Error, "Instance {Instance} failed: taken up {Claims} times without progress.")]
    public static partial void RecoveryExhausted(ILogger logger, InstanceKey instance, int claims);

    [LoggerMessage(2005, LogLevel.Warning, "Services of instance {Instance} could not be disposed.")]
    public static partial void DisposeFailed(ILogger logger, InstanceKey instance, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "Looking for work failed; trying again.")]
    public static partial void PumpFailed(ILogger logger, Exception exception);

    [LoggerMessage(2007, LogLevel.Error, "Instance {Instance} could not be taken up; trying again.")]
    public static partial void StartFailed(ILogger logger, InstanceKey instance, Exception exception);

    [LoggerMessage(2008, LogLevel.Error, "Instance {Instance} was stopped: {Error}")]
    public static partial void Mismatch(ILogger logger, InstanceKey instance, string error);

    [LoggerMessage(2009, LogLevel.Information, "Removed {Count} instances whose retention is over.")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(2010, LogLevel.Warning, "Schedule {Cron} of workflow {Workflow} could not fire; trying again.")]
    public static partial void FiringFailed(ILogger logger, string cron, string workflow, Exception exception);

    [LoggerMessage(2011, LogLevel.Warning, "Instance {Instance} could not be deleted.")]
    public static partial void DeleteFailed(ILogger logger, InstanceKey instance, Exception exception);
}
