namespace Everturn.Storage;

/// <summary>Where in a durable write the process is.</summary>
public enum CommitPhase
{
    /// <summary>Nothing is written yet.</summary>
    Before,

    /// <summary>The rows are written, the transaction is not committed.</summary>
    Inside,

    /// <summary>The transaction is durable, nobody has been told.</summary>
    After,
}
