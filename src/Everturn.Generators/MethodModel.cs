namespace Everturn.Generators;

/// <summary>A method that is called by its name, as far as the generated code depends on it.</summary>
/// <param name="Member">The method's name.</param>
/// <param name="Name">The name that clients call.</param>
/// <param name="Description">What the attribute says it does.</param>
/// <param name="IsCallable">Whether clients may call it.</param>
/// <param name="IsStreaming">Whether it answers in parts.</param>
/// <param name="Returns">What it returns.</param>
/// <param name="ReturnType">The type of the value or of a part, fully qualified; empty where there is none.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record MethodModel(
    string Member,
    string Name,
    string? Description,
    bool IsCallable,
    bool IsStreaming,
    ReturnKind Returns,
    string ReturnType,
    EquatableArray<ParameterModel> Parameters
);
