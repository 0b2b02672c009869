using System.Buffers.Binary;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// The sign of life of a node: a file that its process keeps locked, which the kernel unlocks when the process ends in
/// whatever way, and beside it a counter that shows whether the process still moves. The lock does not pass to child
/// processes, since .NET opens files close-on-exec. The counter is a file of its own because a locked file cannot be
/// read by others everywhere, and it is never synced: it only matters while the machine is up.
/// </summary>
internal sealed class NodeLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly FileStream _beat;
    private readonly string _directory;
    private readonly string _nodeId;
    private long _count;

    private NodeLock(string directory, string nodeId, FileStream locked)
    {
        _directory = directory;
        _nodeId = nodeId;
        _lock = locked;
        _beat = Open(BeatPath(directory, nodeId), FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
        Beat();
    }

    /// <summary>False when somebody deleted the file, so that nobody else can see the lock.</summary>
    public bool IsVisible => File.Exists(LockPath(_directory, _nodeId));

    /// <exception cref="StoreUnavailableException">File locks have no effect in this directory.</exception>
    public static NodeLock Take(string directory, string nodeId)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Between the opening of a new file and its locking, a sweep of another process may lock or delete it.
            if (TryLock(directory, nodeId, FileMode.OpenOrCreate) is not { } locked)
            {
                if (attempt == 100)
                    throw new StoreUnavailableException($"The lock of node {nodeId} cannot be taken.");
                Pause.Milliseconds(1);
                continue;
            }
            if (!File.Exists(LockPath(directory, nodeId)))
            {
                locked.Dispose();
                continue;
            }
            if (!IsHeld(directory, nodeId))
            {
                locked.Dispose();
                throw new StoreUnavailableException($"File locks have no effect in {directory}.");
            }
            return new NodeLock(directory, nodeId, locked);
        }
    }

    /// <summary>Whether the node's process exists.</summary>
    public static bool IsHeld(string directory, string nodeId)
    {
        try
        {
            using var free = Open(LockPath(directory, nodeId), FileMode.Open, FileShare.None);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The node's counter, or null when it cannot be read.</summary>
    public static long? ReadBeat(string directory, string nodeId)
    {
        try
        {
            using var file = File.OpenHandle(
                BeatPath(directory, nodeId),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            return RandomAccess.Read(file, bytes, 0) == sizeof(long)
                ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The nodes that have a lock file.</summary>
    public static IEnumerable<string> NodeIds(string directory) =>
        Directory.EnumerateFiles(directory, "*.lock").Select(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>Removes the files of a node whose process is gone; those of any other stay.</summary>
    public static void Remove(string directory, string nodeId)
    {
        using var locked = TryLock(directory, nodeId, FileMode.Open);
        if (locked is not null)
            Delete(directory, nodeId);
    }

    /// <summary>Shows that this process moves.</summary>
    public void Beat()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ++_count);
        RandomAccess.Write(_beat.SafeFileHandle, bytes, 0);
    }

    /// <summary>Lets go, and leaves no files behind.</summary>
    public void Dispose()
    {
        _beat.Dispose();
        if (IsVisible)
            Delete(_directory, _nodeId);
        _lock.Dispose();
    }

    /// <summary>Lets go of files that another lock of the same node has replaced.</summary>
    public void Abandon()
    {
        _beat.Dispose();
        _lock.Dispose();
    }

    private static void Delete(string directory, string nodeId)
    {
        File.Delete(BeatPath(directory, nodeId));
        File.Delete(LockPath(directory, nodeId));
    }

    private static FileStream? TryLock(string directory, string nodeId, FileMode mode)
    {
        try
        {
            return Open(LockPath(directory, nodeId), mode, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static FileStream Open(string path, FileMode mode, FileShare share) =>
        new(path, mode, FileAccess.ReadWrite, share, bufferSize: 0);

    private static string LockPath(string directory, string nodeId) => Path.Combine(directory, nodeId + ".lock");

    private static string BeatPath(string directory, string nodeId) => Path.Combine(directory, nodeId + ".beat");
}
