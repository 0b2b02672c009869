namespace Everturn.StatefulAgents;

/// <summary>A method that clients may call, with the code that calls it. Made by the source generator.</summary>
/// <param name="name">The name that clients call.</param>
/// <param name="invoke">Reads the arguments, calls the method of the given agent, and hands over what it returned.</param>
public sealed class CallableMethod(string name, Func<object, CallableInvocation, ValueTask> invoke)
{
    /// <summary>The name that clients call.</summary>
    public string Name { get; } = name;

    /// <summary>What the method does; null where nothing was said.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it answers in parts.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Calls the method.</summary>
    /// <param name="agent">The agent, an object of the class that declares the method.</param>
    /// <param name="invocation">The arguments, and what becomes of the result.</param>
    /// <returns>Done when the method is. A streaming method may go on answering after that.</returns>
    /// <exception cref="InvalidInputException">An argument is missing or of a wrong type; the method was not called.</exception>
    public ValueTask InvokeAsync(object agent, CallableInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(invocation);
        return invoke(agent, invocation);
    }
}
