using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>How the generated code writes types: from the root, with what may be null.</summary>
internal static class TypeNames
{
    public static readonly SymbolDisplayFormat Format =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        );
}
