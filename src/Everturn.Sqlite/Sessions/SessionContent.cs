using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>What the session store keeps per storage: its content, blobs and writer.</summary>
internal sealed class SessionContent
{
    /// <param name="storage">The storage.</param>
    /// <param name="instances">Creates instances in the commit of their run, or null.</param>
    public SessionContent(SqliteStorage storage, ICoLocatedInstances? instances)
    {
        Storage = storage;
        (Payloads, Blobs) = storage.OpenArea("sessions");
        Writer = new SessionWriter(Payloads, new BlobOwnership(Payloads, Blobs), instances);
    }

    public SqliteStorage Storage { get; }

    public PayloadStore Payloads { get; }

    public BlobDirectory Blobs { get; }

    public SessionWriter Writer { get; }
}
