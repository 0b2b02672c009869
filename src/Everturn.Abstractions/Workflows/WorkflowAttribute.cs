namespace Everturn.Workflows;

/// <summary>Gives a workflow its name, which instances are stored under: renaming the class is safe, renaming this is not.</summary>
/// <param name="name">1 to 64 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WorkflowAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The version of the definition, from 1; new instances are created with the highest one that is registered. A class
    /// also executes instances of earlier versions that have no class of their own. Default 1.
    /// </summary>
    public int Version { get; init; } = 1;
}
