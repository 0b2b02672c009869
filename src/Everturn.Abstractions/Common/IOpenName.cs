namespace Everturn;

/// <summary>A value of an open set of names, kept as its name so that unknown ones round-trip.</summary>
/// <typeparam name="TSelf">The value's own type.</typeparam>
public interface IOpenName<out TSelf>
{
    /// <summary>The name on the wire.</summary>
    string Value { get; }

    /// <summary>The value with this name, known or not.</summary>
    /// <param name="name">The name on the wire.</param>
    static abstract TSelf FromName(string name);
}
