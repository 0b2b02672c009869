namespace Everturn.Tests.Workflows;

public sealed class InMemoryLifecycleTests() : LifecycleTests(() => new InMemoryData());
