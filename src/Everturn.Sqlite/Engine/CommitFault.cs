namespace Everturn.Sqlite.Engine;

/// <summary>Where a test can make a write fail.</summary>
internal enum CommitFault
{
    /// <summary>The transaction is about to begin.</summary>
    Begin,

    /// <summary>COMMIT fails, and nothing of the transaction is durable.</summary>
    Commit,

    /// <summary>COMMIT has run, as if the disk had answered with an error nevertheless.</summary>
    Committed,

    /// <summary>The connection is about to be opened again after a failure.</summary>
    Reopen,
}
