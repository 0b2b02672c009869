namespace Everturn;

/// <summary>The store refuses work: it is closed, full, or recovering from a failed write. Nothing was changed.</summary>
/// <param name="message">Why the store refuses, and what would make it work again.</param>
/// <param name="innerException">The failure of the store, if there was one.</param>
public sealed class StoreUnavailableException(string message, Exception? innerException = null)
    : EverturnException(message, innerException);
