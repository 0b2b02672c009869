namespace Everturn.Sqlite.Engine;

/// <summary>Whether the store takes writes.</summary>
internal enum StoreHealth
{
    /// <summary>It does.</summary>
    Available,

    /// <summary>A write failed; the store is opened again and refuses work until then.</summary>
    Recovering,

    /// <summary>It was closed.</summary>
    Closed,
}
