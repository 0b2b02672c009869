namespace Everturn.StatefulAgents.Dispatch;

/// <summary>
/// A method of a stateful agent that is called by its name. Made by the source generator, so that a call needs no
/// reflection.
/// </summary>
/// <param name="Name">The name for clients, in camel case.</param>
/// <param name="Member">The method's name in C#; callbacks may be given by either.</param>
/// <param name="Invoke">Reads the arguments, calls the method, and returns the result to the call.</param>
public sealed record AgentMethod(string Name, string Member, Func<StatefulAgent, AgentCall, ValueTask> Invoke)
{
    /// <summary>Whether clients may call it.</summary>
    public bool IsCallable { get; init; }

    /// <summary>Whether it answers with a stream.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>What it does, for those who list callable methods.</summary>
    public string? Description { get; init; }
}
