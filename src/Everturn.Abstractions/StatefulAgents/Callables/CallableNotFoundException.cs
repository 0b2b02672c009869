namespace Everturn.StatefulAgents;

/// <summary>A client asked for a method that the agent does not have, or that is not for clients.</summary>
/// <param name="method">The name that was asked for.</param>
/// <param name="exists">Whether the agent has such a method, without <see cref="CallableAttribute"/>.</param>
public sealed class CallableNotFoundException(string method, bool exists)
    : EverturnException(exists ? $"Method {method} is not callable" : $"Method {method} does not exist")
{
    /// <summary>The name that was asked for.</summary>
    public string Method { get; } = method;

    /// <summary>Whether the agent has such a method, without <see cref="CallableAttribute"/>.</summary>
    public bool Exists { get; } = exists;
}
