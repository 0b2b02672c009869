using System.Security.Cryptography;
using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// Large payloads as files, each under the SHA-256 of its bytes. A blob is durable before the commit that names it, so
/// a crash leaves at worst a blob that nobody names.
/// </summary>
internal sealed class BlobDirectory
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    private readonly string _root;
    private readonly string _incoming;
    private readonly TimeProvider _time;
    private readonly ICommitObserver? _observer;

    public BlobDirectory(string root, TimeProvider time, ICommitObserver? observer)
    {
        _root = root;
        _incoming = Path.Combine(root, "incoming");
        _time = time;
        _observer = observer;
        Durability.CreateDirectory(_incoming);
    }

    /// <summary>Stores <paramref name="content"/> durably; storing it again only makes it younger.</summary>
    /// <returns>Its hash.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public byte[] Put(ReadOnlySpan<byte> content)
    {
        var hash = SHA256.HashData(content);
        var path = PathOf(hash);
        try
        {
            if (!TryRefresh(path))
                Write(path, content);
            // Also for a blob that was there: its writer may not have come as far as this.
            Durability.SyncDirectory(Path.GetDirectoryName(path)!);
            _observer?.Reached(CommitKind.BlobWrite, CommitPhase.After);
            return hash;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("A large payload cannot be written.", exception);
        }
    }

    /// <summary>The content of a blob.</summary>
    /// <exception cref="StoreUnavailableException">It is missing or damaged.</exception>
    public byte[] Get(ReadOnlySpan<byte> hash)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(PathOf(hash));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"Blob {Convert.ToHexStringLower(hash)} cannot be read.", exception);
        }
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(hash))
            throw new StoreUnavailableException($"Blob {Convert.ToHexStringLower(hash)} is damaged.");
        return content;
    }

    public bool Contains(ReadOnlySpan<byte> hash) => File.Exists(PathOf(hash));

    /// <summary>
    /// Removes a blob that no row names. One that was put within <paramref name="grace"/> stays: a commit that names it
    /// may be under way.
    /// </summary>
    /// <returns>True when it is gone.</returns>
    public bool Delete(ReadOnlySpan<byte> hash, TimeSpan grace)
    {
        var file = new FileInfo(PathOf(hash));
        if (file.Exists && file.LastWriteTimeUtc > (_time.GetUtcNow() - grace).UtcDateTime)
            return false;
        if (file.Exists)
            file.Delete();
        return true;
    }

    /// <summary>Removes what writes that never finished left behind.</summary>
    public void DeleteAbandoned(TimeSpan grace)
    {
        var limit = (_time.GetUtcNow() - grace).UtcDateTime;
        foreach (var file in new DirectoryInfo(_incoming).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < limit)
                file.Delete();
        }
    }

    /// <summary>The hash of every blob there is, for the sweeper.</summary>
    public IEnumerable<byte[]> Hashes() =>
        Directory
            .EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .Where(name => name is { Length: HashBytes * 2 } && name.All(char.IsAsciiHexDigitLower))
            .Select(name => Convert.FromHexString(name!));

    private bool TryRefresh(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        _observer?.Reached(CommitKind.BlobWrite, CommitPhase.Before);
        var temporary = Path.Combine(_incoming, ServerId.New(_time));
        using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.SetLastWriteTimeUtc(temporary, _time.GetUtcNow().UtcDateTime);
        _observer?.Reached(CommitKind.BlobWrite, CommitPhase.Inside);
        Durability.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(ReadOnlySpan<byte> hash)
    {
        var name = Convert.ToHexStringLower(hash);
        return Path.Combine(_root, name[..2], name[2..4], name);
    }
}
