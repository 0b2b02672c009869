using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>The types that the generator knows.</summary>
internal static class Names
{
    public const string Agents = "Everturn.StatefulAgents.";
    public const string Callable = Agents + "CallableAttribute";
    public const string Callback = Agents + "AgentCallbackAttribute";
    public const string Agent = Agents + "StatefulAgent";

    /// <summary>Whether objects of the type are stateful agents.</summary>
    public static bool IsAgent(INamedTypeSymbol type) => BaseTypes(type).Any(IsBaseOfAgents);

    /// <summary>Whether the type is one of those that agents derive from.</summary>
    public static bool IsBaseOfAgents(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() + "." + type.Name == Agent;

    /// <summary>The types that a type derives from, the nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>A method's attribute of a kind; null where it has none.</summary>
    public static AttributeData? Find(IMethodSymbol method, string attribute) =>
        method.GetAttributes().FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == attribute);
}
