namespace Everturn.Sqlite.Engine;

/// <summary>
/// Waiting for another process's lock, on threads that belong to the store or while it opens. Real time, whatever the
/// injected clock says: the other process lives in it.
/// </summary>
internal static class Pause
{
    private static readonly ManualResetEventSlim Never = new(initialState: false);

    public static void Milliseconds(int milliseconds) => Never.Wait(milliseconds);
}
