namespace Everturn.Conformance.Tests.Npm;

/// <summary>What became of a case.</summary>
public sealed record NpmResult(string Suite, string Case, bool Passed, int Milliseconds, string? Error);
