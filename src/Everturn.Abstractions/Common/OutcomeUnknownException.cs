namespace Everturn;

/// <summary>
/// A write was under way when the store failed, so nobody knows whether it is durable. Never reported as "failed":
/// read the state again, or repeat the request with the same request id.
/// </summary>
/// <param name="message">What was being written.</param>
/// <param name="innerException">The failure of the store.</param>
public sealed class OutcomeUnknownException(string message, Exception? innerException = null)
    : EverturnException(message, innerException);
