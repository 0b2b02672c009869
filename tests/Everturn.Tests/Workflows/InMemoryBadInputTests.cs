namespace Everturn.Tests.Workflows;

public sealed class InMemoryBadInputTests() : BadInputTests(() => new InMemoryData());
