namespace Everturn;

/// <summary>What a look at something came to (Helix Agents, <c>PollCheckResult</c>).</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="IsDone">Whether there is nothing more to wait for.</param>
/// <param name="Value">The value, once it is done.</param>
public readonly record struct PollResult<T>(bool IsDone, T? Value);
