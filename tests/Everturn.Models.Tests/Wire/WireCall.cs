namespace Everturn.Models.Tests.Wire;

/// <summary>A tool call, its arguments in the pieces in which they are streamed.</summary>
internal sealed record WireCall(string Id, string Name, params string[] Arguments);
