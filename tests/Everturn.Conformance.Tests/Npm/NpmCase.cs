namespace Everturn.Conformance.Tests.Npm;

/// <summary>A case of the suites in JavaScript.</summary>
public sealed record NpmCase(string Suite, string Case);
