using System.Collections.Frozen;

namespace Everturn.StatefulAgents.Dispatch;

/// <summary>What the source generator knows of a class of stateful agents.</summary>
public sealed class AgentModule
{
    private readonly FrozenDictionary<string, AgentMethod> _byName;
    private readonly FrozenDictionary<string, AgentMethod> _byMember;

    /// <summary>A class with the methods that are called by name, those of its base classes included.</summary>
    /// <param name="methods">The methods; where two have the same name, the first one counts.</param>
    public AgentModule(params IReadOnlyList<AgentMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        Methods = [.. methods.DistinctBy(method => method.Name)];
        _byName = Methods.ToFrozenDictionary(method => method.Name);
        _byMember = Methods.DistinctBy(method => method.Member).ToFrozenDictionary(method => method.Member);
    }

    /// <summary>A class without such methods.</summary>
    public static AgentModule Empty { get; } = new();

    /// <summary>The methods, those of a class before those of its base class.</summary>
    public IReadOnlyList<AgentMethod> Methods { get; }

    /// <summary>
    /// Names of further methods of the class, as clients would write them: whoever calls one learns that it is there but
    /// not callable.
    /// </summary>
    public IReadOnlyList<string> OtherMembers { get; init; } = [];

    /// <summary>The method that clients know by a name; null if there is none.</summary>
    /// <param name="name">The name.</param>
    public AgentMethod? FindByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The method that a client calls.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="AgentMethodException">There is none, or it is not for clients.</exception>
    public AgentMethod GetCallable(string name) =>
        FindByName(name) switch
        {
            { IsCallable: true } method => method,
            null when !OtherMembers.Contains(name) => throw new AgentMethodException(
                name,
                $"Method {name} does not exist"
            ),
            _ => throw new AgentMethodException(name, $"Method {name} is not callable"),
        };

    /// <summary>The method that a schedule or the queue knows by a name; null if there is none.</summary>
    /// <param name="name">The method's name in C#, or its name for clients.</param>
    public AgentMethod? FindCallback(string name) =>
        _byMember.GetValueOrDefault(name) ?? _byName.GetValueOrDefault(name);
}
