namespace Everturn.Testing.Introspection;

/// <summary>An event that is there before the instance waits for it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="PayloadJson">Its payload.</param>
internal sealed record MockedEvent(string Type, ReadOnlyMemory<byte> PayloadJson);
