using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>What the session store keeps per file: its content, blobs and writer.</summary>
internal sealed class SessionContent
{
    /// <summary>Content of the main file, with blobs beside it.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="instances">Creates instances in the commit of their run, or null.</param>
    public SessionContent(SqliteStorage storage, ICoLocatedInstances? instances)
    {
        InlineLimit = storage.InlineLimit;
        (Payloads, Blobs) = storage.OpenArea("sessions");
        Writer = new SessionWriter(Payloads, new BlobOwnership(Payloads, Blobs), instances);
        Running = new RunningSessions();
    }

    /// <summary>Content all of which is in the rows.</summary>
    /// <param name="codecs">Encode and decode.</param>
    public SessionContent(PayloadCodecs codecs)
    {
        InlineLimit = int.MaxValue;
        Payloads = new PayloadStore(codecs, blobs: null, InlineLimit);
        Writer = new SessionWriter(Payloads, blobs: null, instances: null);
    }

    public PayloadStore Payloads { get; }

    /// <summary>Null where no content becomes a blob.</summary>
    public BlobDirectory? Blobs { get; }

    public SessionWriter Writer { get; }

    /// <summary>For the writing thread; null where others write on its connection.</summary>
    public RunningSessions? Running { get; }

    /// <summary>Encoded bytes that still go into a row.</summary>
    public int InlineLimit { get; }
}
