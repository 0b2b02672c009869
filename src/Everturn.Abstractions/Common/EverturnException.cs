namespace Everturn;

/// <summary>The base of every exception that Everturn throws on purpose.</summary>
/// <param name="message">What happened, and what to do about it.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public abstract class EverturnException(string message, Exception? innerException = null)
    : Exception(message, innerException);
