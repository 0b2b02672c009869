namespace Everturn.Generators;

/// <summary>What one use of the attribute comes to: a method to generate code for, or what is wrong with it.</summary>
/// <param name="Agent">The class.</param>
/// <param name="Method">The method; null where something is wrong.</param>
/// <param name="WireNameIsDuplicate">Said where another method of the class has the name already.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record CallableModel(
    AgentModel Agent,
    MethodModel? Method,
    DiagnosticInfo WireNameIsDuplicate,
    EquatableArray<DiagnosticInfo> Problems
);
