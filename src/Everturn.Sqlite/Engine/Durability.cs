using System.Runtime.InteropServices;

namespace Everturn.Sqlite.Engine;

/// <summary>Makes names durable: a file that was synced can still vanish if its directory was not.</summary>
internal static partial class Durability
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Syncs a directory. On Windows, where the file system journals names by itself, it does nothing.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(path, OperatingSystem.IsLinux() ? ReadOnlyCloseOnExec : 0);
        if (descriptor < 0)
            throw new IOException($"Cannot open {path}: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Sync(descriptor) != 0)
                throw new IOException($"Cannot sync {path}: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Creates a directory and makes its name durable.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
            CreateDirectory(parent);
        Directory.CreateDirectory(path);
        if (parent is not null)
            SyncDirectory(parent);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
