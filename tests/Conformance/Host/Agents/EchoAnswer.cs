namespace Everturn.Conformance.Host.Agents;

/// <summary>A request, as it arrived.</summary>
/// <param name="Method">The method.</param>
/// <param name="Body">The body as text.</param>
/// <param name="Path">The whole path.</param>
public sealed record EchoAnswer(string Method, string Body, string Path);
