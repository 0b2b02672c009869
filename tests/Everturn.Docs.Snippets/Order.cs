namespace Everturn.Docs.Snippets;

public sealed record Order(string Id, decimal Total);
