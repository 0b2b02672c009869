namespace Everturn.Models.Tests.Wire;

/// <summary>Tokens; the cached ones are part of the input, the reasoning ones of the output.</summary>
internal sealed record WireUsage(int Input, int Cached, int Output, int Reasoning);
