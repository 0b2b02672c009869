namespace Everturn.Sessions;

/// <summary>A file that came with a user message.</summary>
/// <param name="Data">A data URI.</param>
/// <param name="MediaType">The media type, for example <c>image/png</c>.</param>
/// <param name="Filename">The name, if known.</param>
public sealed record MessageFile(string Data, string MediaType, string? Filename = null);
