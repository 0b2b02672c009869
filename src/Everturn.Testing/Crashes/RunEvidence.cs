namespace Everturn.Testing.Crashes;

/// <summary>What is recorded of a run.</summary>
public sealed record RunEvidence
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Place among the session's runs, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The turn, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>Its status.</summary>
    public required string Status { get; init; }

    /// <summary>Why it ended as it did, where the status does not say.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, if anything did.</summary>
    public string? Error { get; init; }

    /// <summary>The write-once id of what carried it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Its first chunk's number.</summary>
    public required long StartSequence { get; init; }

    /// <summary>Its last chunk's number; null until it ended.</summary>
    public long? EndSequence { get; init; }
}
