namespace Everturn.Testing;

/// <summary>A store does not do what its contract says.</summary>
/// <param name="message">What was expected, and what came.</param>
public sealed class ConformanceException(string message) : EverturnException(message);
