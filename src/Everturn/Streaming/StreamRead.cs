using Everturn.Sessions;

namespace Everturn.Streaming;

/// <summary>What <see cref="SessionStreamReader.ReadAsync"/> gave.</summary>
public readonly record struct StreamRead
{
    private static readonly IReadOnlyList<StreamSegment> None = [];
    private readonly IReadOnlyList<StreamSegment>? _segments;

    /// <summary>Which of the properties below has something.</summary>
    public required StreamReadKind Kind { get; init; }

    /// <summary>
    /// The chunks, as runs of consecutive numbers; valid until the next read. On a resync the one chunk that says so,
    /// which is not part of the log and carries the number that the reader goes on after.
    /// </summary>
    public IReadOnlyList<StreamSegment> Segments
    {
        get => _segments ?? None;
        init => _segments = value;
    }

    /// <summary>On the end, the run that ended; null where the session has none or was deleted.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>On the end, whether the session was deleted.</summary>
    public bool IsDeleted { get; init; }
}
