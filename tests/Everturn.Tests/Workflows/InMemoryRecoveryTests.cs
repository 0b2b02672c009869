namespace Everturn.Tests.Workflows;

public sealed class InMemoryRecoveryTests() : RecoveryTests(() => new InMemoryData());
