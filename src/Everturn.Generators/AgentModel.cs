namespace Everturn.Generators;

/// <summary>A class with callable methods, as far as the generated code depends on it.</summary>
/// <param name="Namespace">Its namespace; empty where it has none.</param>
/// <param name="Declarations">How it and the types around it are declared, the outermost first.</param>
/// <param name="Type">Its name, fully qualified.</param>
/// <param name="OtherMethods">Names of methods that clients may not call, as clients would write them.</param>
internal sealed record AgentModel(
    string Namespace,
    EquatableArray<string> Declarations,
    string Type,
    EquatableArray<string> OtherMethods
);
