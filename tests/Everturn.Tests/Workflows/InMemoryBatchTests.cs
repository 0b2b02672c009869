namespace Everturn.Tests.Workflows;

public sealed class InMemoryBatchTests() : BatchTests(() => new InMemoryData());
