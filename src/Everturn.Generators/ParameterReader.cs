using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Everturn.Generators;

/// <summary>Reads the parameters of a callable method.</summary>
internal static class ParameterReader
{
    public static ImmutableArray<ParameterModel> Read(
        IMethodSymbol method,
        ImmutableArray<DiagnosticInfo>.Builder problems
    )
    {
        foreach (var parameter in method.Parameters.Where(parameter => !IsSupported(parameter)))
        {
            problems.Add(
                DiagnosticInfo.Create(Diagnostics.UnsupportedParameter, parameter, method.Name, parameter.Name)
            );
        }
        return [.. method.Parameters.Select(Read)];
    }

    private static ParameterModel Read(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (Given(type) is { } kind)
        {
            return new(kind, parameter.Name, "", "");
        }
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return new(
                ParameterKind.OptionalValue,
                parameter.Name,
                Name(nullable.TypeArguments[0]),
                Default(parameter, nullable.TypeArguments[0])
            );
        }
        var mayBeNull = !type.IsValueType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return parameter.HasExplicitDefaultValue || mayBeNull
            ? new(ParameterKind.Optional, parameter.Name, Name(type), Default(parameter, type))
            : new(ParameterKind.Required, parameter.Name, Name(type), "");
    }

    // What the call itself has, and no caller sends.
    private static ParameterKind? Given(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString() switch
        {
            Names.Agents + "StreamingResponse" => ParameterKind.Stream,
            Names.Agents + "Connection" => ParameterKind.Connection,
            Names.Agents + "AgentSchedule" => ParameterKind.Schedule,
            Names.Agents + "QueuedItem" => ParameterKind.QueuedItem,
            "System.Threading.CancellationToken" => ParameterKind.CancellationToken,
            _ => null,
        };

    private static bool IsSupported(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, IsParams: false, Type.IsRefLikeType: false }
        && parameter.Type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer);

    private static string Default(IParameterSymbol parameter, ITypeSymbol type)
    {
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not { } value)
        {
            return type.IsReferenceType || parameter.Type.NullableAnnotation == NullableAnnotation.Annotated
                ? "null"
                : "default";
        }
        // The cast gives a number its type: 1 is a double parameter's default as well, and an enum's is its number.
        return value is string or bool or char
            ? SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!
            : $"({Name(type)})({Number(value)})";
    }

    private static string Number(object value) =>
        value switch
        {
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "D",
            float number => ((double)number).ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "D",
            decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "M",
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
        };

    private static string Name(ITypeSymbol type) => type.ToDisplayString(TypeNames.Format);
}
