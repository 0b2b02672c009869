using Microsoft.Extensions.Logging;

namespace Everturn.Sqlite.Engine;

/// <summary>What the engine logs. Event ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "A write to {Path} failed. Work is refused until the store is open again.")]
    public static partial void StoreFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(3001, LogLevel.Warning, "{Path} could not be opened again yet.")]
    public static partial void ReopenFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(3002, LogLevel.Information, "{Path} takes work again.")]
    public static partial void StoreRecovered(ILogger logger, string path);

    [LoggerMessage(3003, LogLevel.Error, "A listener to commits threw. The commit is durable.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(3010, LogLevel.Warning, "Node {NodeId}, epoch {Epoch}, was declared dead.")]
    public static partial void NodeFenced(ILogger logger, string nodeId, long epoch);

    [LoggerMessage(
        3011,
        LogLevel.Warning,
        "This node, {NodeId}, lost its place under epoch {Epoch} and takes a new one."
    )]
    public static partial void PlaceLost(ILogger logger, string nodeId, long epoch);

    [LoggerMessage(3012, LogLevel.Warning, "This node could not show a sign of life.")]
    public static partial void HeartbeatFailed(ILogger logger, Exception exception);
}
