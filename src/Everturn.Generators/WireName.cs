using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>How clients write the name of a method.</summary>
internal static class WireName
{
    private const string Async = "Async";

    // What JavaScript asks of every object: the clients' stub never makes a call of it.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "toJSON",
        "then",
        "catch",
        "finally",
        "valueOf",
        "toString",
        "constructor",
        "prototype",
        "$$typeof",
        "@@toStringTag",
        "asymmetricMatch",
        "nodeType",
    };

    public static bool IsReserved(string name) => name.Length == 0 || Reserved.Contains(name);

    public static string Of(IMethodSymbol method)
    {
        var name = method.Name;
        if (
            name.Length > Async.Length
            && name.EndsWith(Async, StringComparison.Ordinal)
            && IsAwaited(method.ReturnType)
        )
        {
            name = name.Substring(0, name.Length - Async.Length);
        }
        return CamelCase(name);
    }

    // As System.Text.Json does it: a run of capitals is one word, whose last capital begins the next.
    private static string CamelCase(string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]))
            {
                break;
            }
            letters[i] = char.ToLowerInvariant(letters[i]);
        }
        return new string(letters);
    }

    private static bool IsAwaited(ITypeSymbol type) => type.Name is "Task" or "ValueTask" or "IAsyncEnumerable";
}
