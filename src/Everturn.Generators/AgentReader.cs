using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>Reads a class of stateful agents.</summary>
internal static class AgentReader
{
    /// <summary>Reads a class, with what it inherits.</summary>
    /// <param name="type">The class.</param>
    /// <returns>
    /// Null where it is not one that can be registered, or where something is wrong with one of its methods, which is
    /// reported at the method.
    /// </returns>
    public static AgentModel? Read(INamedTypeSymbol type)
    {
        if (type.IsAbstract || type.IsGenericType || !Names.IsAgent(type))
        {
            return null;
        }
        var methods = ImmutableArray.CreateBuilder<MethodModel>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var others = new SortedSet<string>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        foreach (var level in Names.BaseTypes(type).Prepend(type).Where(IsOfAgents))
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in Methods(level))
            {
                if (MethodReader.Read(member, problems) is not { } method)
                {
                    if (!member.IsStatic)
                    {
                        others.Add(WireName.Of(member));
                    }
                }
                else if (problems.Count > 0 || !own.Add(method.Name))
                {
                    return null;
                }
                else if (names.Add(method.Name))
                {
                    methods.Add(method);
                }
            }
        }
        others.ExceptWith(names);
        return new(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            new(methods.ToImmutable()),
            new([.. others])
        );
    }

    /// <summary>Whether another method that comes before it in its class has the name that this one has.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">Its name for clients.</param>
    public static bool HasTwin(IMethodSymbol method, string name)
    {
        var ignored = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        return Methods(method.ContainingType)
            .TakeWhile(other => !SymbolEqualityComparer.Default.Equals(other, method))
            .Any(other => MethodReader.Read(other, ignored)?.Name == name);
    }

    private static bool IsOfAgents(INamedTypeSymbol type) => Names.IsAgent(type) || Names.IsBaseOfAgents(type);

    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type) =>
        type.GetMembers()
            .OfType<IMethodSymbol>()
            .Where(method => method is { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false })
            .Where(method =>
                !Names.IsBaseOfAgents(type)
                || method.DeclaredAccessibility
                    is Accessibility.Public
                        or Accessibility.Protected
                        or Accessibility.ProtectedOrInternal
            );
}
