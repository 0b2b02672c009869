namespace Everturn.Tests.Workflows;

public sealed class InMemoryChildAndStreamTests() : ChildAndStreamTests(() => new InMemoryData());
