using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>Reads what a callable method returns.</summary>
internal static class ReturnReader
{
    public static (ReturnKind Kind, string Type) Read(
        IMethodSymbol method,
        ImmutableArray<DiagnosticInfo>.Builder problems
    )
    {
        if (method.ReturnsVoid)
        {
            if (method.IsAsync)
            {
                problems.Add(DiagnosticInfo.Create(Diagnostics.AsyncVoid, method, method.Name));
            }
            return (ReturnKind.Nothing, "");
        }
        var (kind, value) = Sort(method.ReturnType);
        if (
            method.ReturnsByRef
            || method.ReturnsByRefReadonly
            || (value is not null && !CanBeSent(value))
            || (kind == ReturnKind.TaskOfValue && Sort(value!).Kind != ReturnKind.Value)
        )
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.UnsupportedReturn, method, method.Name));
        }
        return (kind, value?.ToDisplayString(TypeNames.Format) ?? "");
    }

    private static (ReturnKind Kind, ITypeSymbol? Value) Sort(ITypeSymbol type) =>
        type.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask" => (ReturnKind.Task, null),
            "System.Threading.Tasks.Task<TResult>" or "System.Threading.Tasks.ValueTask<TResult>" => (
                ReturnKind.TaskOfValue,
                ((INamedTypeSymbol)type).TypeArguments[0]
            ),
            "System.Collections.Generic.IAsyncEnumerable<T>" => (
                ReturnKind.AsyncEnumerable,
                ((INamedTypeSymbol)type).TypeArguments[0]
            ),
            _ => (ReturnKind.Value, type),
        };

    private static bool CanBeSent(ITypeSymbol type) =>
        !type.IsRefLikeType && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate);
}
