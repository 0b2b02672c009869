using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Everturn.Generators;

/// <summary>A diagnostic that compares by value, so that the generator's steps are cached.</summary>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor,
    string Path,
    TextSpan Span,
    LinePositionSpan Lines,
    EquatableArray<string> Arguments
)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments)
    {
        var location = at.Locations[0];
        var span = location.GetLineSpan();
        return new(descriptor, span.Path, location.SourceSpan, span.Span, new(arguments.ToImmutableArray()));
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Location.Create(Path, Span, Lines), [.. Arguments]);
}
