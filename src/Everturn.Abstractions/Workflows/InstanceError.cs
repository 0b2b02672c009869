namespace Everturn.Workflows;

/// <summary>An error as it is stored: no stack, no cause.</summary>
/// <param name="Name">The kind of error: the exception's type name, or the name it was given.</param>
/// <param name="Message">The exception's message.</param>
public sealed record InstanceError(string Name, string Message);
