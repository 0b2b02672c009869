namespace Everturn.Tests.Workflows;

public sealed class InMemoryCallLifeTests() : CallLifeTests(() => new InMemoryData());
