namespace Everturn.StatefulAgents;

/// <summary>A method cannot be called by this name: there is none, or clients may not call it. Nothing was done.</summary>
/// <param name="method">The name.</param>
/// <param name="message">What a client is told (Cloudflare Agents).</param>
public sealed class AgentMethodException(string method, string message) : EverturnException(message)
{
    /// <summary>The name.</summary>
    public string Method { get; } = method;
}
