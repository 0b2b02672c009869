using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Everturn.Generators;

/// <summary>Reads one use of the attribute.</summary>
internal static class CallableReader
{
    private const string AgentType = "global::Everturn.StatefulAgents.StatefulAgent";

    public static CallableModel? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (context.TargetSymbol is not IMethodSymbol method)
        {
            return null;
        }
        var attribute = context.Attributes[0];
        var name = Argument<string>(attribute, "Name") ?? WireName.Of(method);
        var problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        CheckClass(method, problems);
        CheckMethod(method, name, problems);
        var parameters = ParameterReader.Read(method, problems);
        var returns = ReturnReader.Read(method, problems);
        var streams = parameters.Count(parameter => parameter.Kind == ParameterKind.Stream);
        if (streams > 1 || (streams == 1 && returns.Kind == ReturnKind.AsyncEnumerable))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.TwoStreams, method, method.Name));
        }
        var model = new MethodModel(
            method.Name,
            name,
            Argument<string>(attribute, "Description"),
            Argument<bool>(attribute, "Streaming") || streams == 1 || returns.Kind == ReturnKind.AsyncEnumerable,
            returns.Kind,
            returns.Type,
            new(parameters)
        );
        return new(
            Agent(method.ContainingType),
            problems.Count == 0 ? model : null,
            DiagnosticInfo.Create(Diagnostics.SameName, method, name, method.ContainingType.Name),
            new(problems.ToImmutable())
        );
    }

    private static void CheckClass(IMethodSymbol method, ImmutableArray<DiagnosticInfo>.Builder problems)
    {
        var type = method.ContainingType;
        if (!DerivesFromAgent(type))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NotAnAgent, method, type.Name));
        }
        if (!Containing(type).All(IsPartial))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NotPartial, method, type.Name));
        }
    }

    private static void CheckMethod(IMethodSymbol method, string name, ImmutableArray<DiagnosticInfo>.Builder problems)
    {
        if (method.IsStatic || method.DeclaredAccessibility != Accessibility.Public)
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NotPublic, method, method.Name));
        }
        if (method.IsGenericMethod || Containing(method.ContainingType).Any(type => type.IsGenericType))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.Generic, method, method.Name));
        }
        if (WireName.IsReserved(name))
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.ReservedName, method, name));
        }
    }

    private static AgentModel Agent(INamedTypeSymbol type)
    {
        var declarations = Containing(type).Select(Declaration).Reverse().ToImmutableArray();
        var others = type.GetMembers()
            .OfType<IMethodSymbol>()
            .Where(member =>
                member.MethodKind == MethodKind.Ordinary
                && !member.IsImplicitlyDeclared
                && member.CanBeReferencedByName
                && !IsCallable(member)
            )
            .Select(WireName.Of)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToImmutableArray();
        return new(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            new(declarations),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            new(others)
        );
    }

    private static string Declaration(INamedTypeSymbol type) =>
        (
            type.IsRecord ? "partial record "
            : type.IsValueType ? "partial struct "
            : "partial class "
        ) + type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat).Split('.').Last();

    private static bool IsCallable(IMethodSymbol method) =>
        method
            .GetAttributes()
            .Any(attribute => attribute.AttributeClass?.ToDisplayString() == CallableGenerator.Attribute);

    private static IEnumerable<INamedTypeSymbol> Containing(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
        );

    private static bool DerivesFromAgent(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            var name = current.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            if (name == AgentType || name.StartsWith(AgentType + "<", StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private static T? Argument<T>(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is T value
            ? value
            : default;
}
