namespace Everturn.Generators;

/// <summary>A class of stateful agents, as far as the generated code depends on it.</summary>
/// <param name="Type">Its name, fully qualified.</param>
/// <param name="Methods">The methods that are called by name, its own before those it inherits.</param>
/// <param name="OtherMembers">Names of its other methods, as clients would write them.</param>
internal sealed record AgentModel(
    string Type,
    EquatableArray<MethodModel> Methods,
    EquatableArray<string> OtherMembers
);
