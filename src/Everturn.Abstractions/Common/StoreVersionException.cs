namespace Everturn;

/// <summary>The data was written by a newer Everturn. It is refused, never opened.</summary>
/// <param name="found">The schema version found in the store.</param>
/// <param name="supported">The newest schema version that this build can read.</param>
public sealed class StoreVersionException(int found, int supported)
    : EverturnException(
        $"The store has schema version {found}, this build reads up to {supported}. Use a newer Everturn."
    )
{
    /// <summary>The schema version found in the store.</summary>
    public int Found { get; } = found;

    /// <summary>The newest schema version that this build can read.</summary>
    public int Supported { get; } = supported;
}
