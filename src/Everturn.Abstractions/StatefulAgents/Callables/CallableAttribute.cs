namespace Everturn.StatefulAgents;

/// <summary>
/// Lets clients call a method of a stateful agent (Cloudflare Agents, <c>@callable</c>). Methods without it cannot be
/// reached from outside.
/// </summary>
/// <remarks>
/// The class is declared <c>partial</c>: a source generator adds the dispatch to it. The method is a public instance
/// method without type parameters. It returns nothing, a value, or either of these as a task; or it streams, by
/// returning <see cref="IAsyncEnumerable{T}"/> or by taking a <see cref="StreamingResponse"/>. A parameter of type
/// <see cref="CancellationToken"/> does not count as an argument. Misuse is reported by the compiler, EVT001 to EVT010.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CallableAttribute : Attribute
{
    /// <summary>
    /// The name that clients call. Default: the method's name in camelCase, without the suffix <c>Async</c> where the
    /// method returns a task or a stream.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What the method does, for those who list the methods. Default: nothing.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Whether the method answers in parts. Methods that return <see cref="IAsyncEnumerable{T}"/> or take a
    /// <see cref="StreamingResponse"/> do so without saying it here.
    /// </summary>
    public bool Streaming { get; set; }
}
