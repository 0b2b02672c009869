namespace Everturn.Generators;

/// <summary>A callable method, as far as the generated code depends on it.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="WireName">The name that clients call.</param>
/// <param name="Description">What the attribute says it does.</param>
/// <param name="IsStreaming">Whether it answers in parts.</param>
/// <param name="Returns">What it returns.</param>
/// <param name="ReturnType">The type of the value or of a part, fully qualified; empty where there is none.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record MethodModel(
    string Method,
    string WireName,
    string? Description,
    bool IsStreaming,
    ReturnKind Returns,
    string ReturnType,
    EquatableArray<ParameterModel> Parameters
);
