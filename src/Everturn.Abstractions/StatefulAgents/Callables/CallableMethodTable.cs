using System.Diagnostics.CodeAnalysis;

namespace Everturn.StatefulAgents;

/// <summary>The methods of an agent that clients may call, those of the class itself before inherited ones.</summary>
public sealed class CallableMethodTable
{
    private readonly Dictionary<string, CallableMethod> _methods;
    private readonly HashSet<string> _others;
    private readonly List<CallableMethod> _ordered;

    /// <summary>Joins the methods of a class with those it inherits; of two with one name the class's own wins.</summary>
    /// <param name="own">The class's callable methods.</param>
    /// <param name="others">Names of its other methods, so that a client learns that they are not callable.</param>
    /// <param name="inherited">The table of the base class.</param>
    public CallableMethodTable(
        IReadOnlyList<CallableMethod> own,
        IReadOnlyList<string> others,
        CallableMethodTable? inherited = null
    )
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(others);
        _ordered = [.. own];
        _others = [.. others, .. inherited?._others ?? []];
        _methods = own.ToDictionary(method => method.Name, StringComparer.Ordinal);
        foreach (var method in inherited?._ordered ?? [])
        {
            if (_methods.TryAdd(method.Name, method))
            {
                _ordered.Add(method);
            }
        }
    }

    /// <summary>The table of an agent without callable methods.</summary>
    public static CallableMethodTable Empty { get; } = new([], []);

    /// <summary>All callable methods.</summary>
    public IReadOnlyList<CallableMethod> Methods => _ordered;

    /// <summary>Finds a callable method.</summary>
    /// <param name="name">The name that clients call; upper and lower case differ.</param>
    /// <param name="method">The method.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [MaybeNullWhen(false)] out CallableMethod method) =>
        _methods.TryGetValue(name, out method);

    /// <summary>Finds a callable method.</summary>
    /// <param name="name">The name that clients call; upper and lower case differ.</param>
    /// <exception cref="CallableNotFoundException">There is none, or clients may not call it.</exception>
    public CallableMethod Get(string name) =>
        TryGet(name, out var method) ? method : throw new CallableNotFoundException(name, _others.Contains(name));
}
