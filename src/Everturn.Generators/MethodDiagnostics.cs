using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>What is wrong with one use of an attribute.</summary>
internal static class MethodDiagnostics
{
    public static EquatableArray<DiagnosticInfo> Read(
        GeneratorAttributeSyntaxContext context,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        if (
            context.TargetSymbol is IMethodSymbol method
            && MethodReader.Read(method, problems) is { } model
            && AgentReader.HasTwin(method, model.Name)
        )
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.SameName, method, model.Name, method.ContainingType.Name));
        }
        return new(problems.ToImmutable());
    }

    /// <summary>As <see cref="Read"/>, but nothing for a method that has the other attribute too.</summary>
    public static EquatableArray<DiagnosticInfo> ReadCallback(
        GeneratorAttributeSyntaxContext context,
        CancellationToken cancellationToken
    ) =>
        context.TargetSymbol is IMethodSymbol method && Names.Find(method, Names.Callable) is not null
            ? default
            : Read(context, cancellationToken);
}
