namespace Everturn.Tests.Workflows;

public sealed class InMemorySelfControlTests() : SelfControlTests(() => new InMemoryData());
