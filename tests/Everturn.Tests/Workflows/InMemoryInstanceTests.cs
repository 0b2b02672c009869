namespace Everturn.Tests.Workflows;

public sealed class InMemoryInstanceTests() : InstanceTests(() => new InMemoryData());
