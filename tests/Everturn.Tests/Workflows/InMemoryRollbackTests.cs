namespace Everturn.Tests.Workflows;

public sealed class InMemoryRollbackTests() : RollbackTests(() => new InMemoryData());
