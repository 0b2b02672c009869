namespace Everturn.Tests.Workflows;

public sealed class InMemorySystemTests() : SystemTests(() => new InMemoryData());
