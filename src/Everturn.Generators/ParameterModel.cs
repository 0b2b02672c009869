namespace Everturn.Generators;

/// <summary>One parameter of a callable method.</summary>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, fully qualified; of a nullable value type the type inside.</param>
/// <param name="Default">What it is where the client leaves it out, as C#.</param>
internal sealed record ParameterModel(ParameterKind Kind, string Name, string Type, string Default);
