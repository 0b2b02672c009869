namespace Everturn;

/// <summary>The sizes that are accepted. What is larger is refused, and nothing changes.</summary>
public sealed record EverturnLimits
{
    /// <summary>One message, in bytes of its JSON. Default 1 MiB.</summary>
    public int MessageBytes { get; init; } = 1024 * 1024;

    /// <summary>One stream chunk, in bytes of its JSON. Default 64 KiB.</summary>
    public int ChunkBytes { get; init; } = 64 * 1024;

    /// <summary>A session's custom state, in bytes of its JSON. Default 1 MiB.</summary>
    public int StateBytes { get; init; } = 1024 * 1024;

    /// <summary>One tool result, in bytes of its JSON. Default 1 MiB.</summary>
    public int ToolResultBytes { get; init; } = 1024 * 1024;

    /// <summary>Metadata entries of a session. Default 16.</summary>
    public int MetadataEntries { get; init; } = 16;

    /// <summary>Characters in a metadata key or value, a tag, a title or a user id. Default 256.</summary>
    public int MetadataLength { get; init; } = 256;

    /// <summary>Tags of a session. Default 16.</summary>
    public int Tags { get; init; } = 16;

    /// <summary>Messages of a session that wait for the run in their way. Default 100.</summary>
    public int QueuedRuns { get; init; } = 100;

    /// <summary>Live stream readers of one session in this process. Default 1,000.</summary>
    public int ConnectionsPerSession { get; init; } = 1_000;
}
