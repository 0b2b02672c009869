namespace Everturn.Workflows.Storage;

/// <summary>
/// Names a step within its instance. Its place in the program does not matter, so that steps can be inserted and moved.
/// </summary>
/// <param name="Kind">The kind of step; kinds never collide.</param>
/// <param name="Name">The step's name, without the ordinal and without any duration.</param>
/// <param name="Ordinal">Which call with this kind and name it is, from 1, in the order of the calls.</param>
public readonly record struct JournalKey(JournalKind Kind, string Name, int Ordinal);
