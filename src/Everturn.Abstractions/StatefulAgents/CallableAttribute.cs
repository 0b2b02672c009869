namespace Everturn.StatefulAgents;

/// <summary>
/// Lets clients call a method (Cloudflare Agents, <c>@callable</c>); without it only code of this application can. A
/// method that returns <see cref="IAsyncEnumerable{T}"/>, or whose first parameter is a <see cref="StreamingResponse"/>,
/// streams.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CallableAttribute : Attribute
{
    /// <summary>What the method does, for those who list callable methods.</summary>
    public string? Description { get; set; }

    /// <summary>The name for clients; null for the method's own in camel case, without <c>Async</c>.</summary>
    public string? Name { get; set; }
}
