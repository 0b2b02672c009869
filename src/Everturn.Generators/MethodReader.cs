using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>Reads a method that is called by its name, and says what is wrong with it.</summary>
internal static class MethodReader
{
    /// <summary>Reads a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="problems">What is wrong with it is added here.</param>
    /// <returns>Null where it has neither of the attributes.</returns>
    public static MethodModel? Read(IMethodSymbol method, ImmutableArray<DiagnosticInfo>.Builder problems)
    {
        var callable = Names.Find(method, Names.Callable);
        if (callable is null && Names.Find(method, Names.Callback) is null)
        {
            return null;
        }
        var name = Argument(callable, "Name") ?? WireName.Of(method);
        CheckMethod(method, callable is not null, name, problems);
        var parameters = ParameterReader.Read(method, problems);
        var returns = ReturnReader.Read(method, problems);
        var streams = parameters.Count(parameter => parameter.Kind == ParameterKind.Stream);
        if (streams > 1 || (streams == 1 && returns.Kind == ReturnKind.AsyncEnumerable))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.TwoStreams, method, method.Name));
        }
        return new(
            method.Name,
            name,
            Argument(callable, "Description"),
            callable is not null,
            streams == 1 || returns.Kind == ReturnKind.AsyncEnumerable,
            returns.Kind,
            returns.Type,
            new(parameters)
        );
    }

    private static void CheckMethod(
        IMethodSymbol method,
        bool isCallable,
        string name,
        ImmutableArray<DiagnosticInfo>.Builder problems
    )
    {
        var type = method.ContainingType;
        if (!Names.IsAgent(type))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NotAnAgent, method, type.Name));
        }
        if (!IsReachable(type))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NotReachable, method, type.Name));
        }
        if (method.IsStatic || !IsVisible(method.DeclaredAccessibility, isCallable))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NotVisible, method, method.Name));
        }
        if (method.IsGenericMethod || Containing(type).Any(outer => outer.IsGenericType && !type.IsAbstract))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.Generic, method, method.Name));
        }
        if (isCallable && WireName.IsReserved(name))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.ReservedName, method, name));
        }
    }

    private static bool IsVisible(Accessibility accessibility, bool isCallable) =>
        accessibility == Accessibility.Public
        || (!isCallable && (accessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal));

    // The generated code is a class of its own in the same assembly.
    private static bool IsReachable(INamedTypeSymbol type) =>
        Containing(type)
            .All(outer =>
                !outer.IsFileLocal
                && outer.DeclaredAccessibility
                    is Accessibility.Public
                        or Accessibility.Internal
                        or Accessibility.ProtectedOrInternal
            );

    private static IEnumerable<INamedTypeSymbol> Containing(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    private static string? Argument(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as string;
}
