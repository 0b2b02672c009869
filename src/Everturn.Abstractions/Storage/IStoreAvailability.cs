namespace Everturn.Storage;

/// <summary>Tells whether a store takes work. A store that always does needs none.</summary>
public interface IStoreAvailability
{
    /// <summary>Why the store refuses work now, for example after a failed write; null while it takes it.</summary>
    string? Refusal { get; }
}
