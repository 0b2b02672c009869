namespace Everturn.Tests.Workflows;

public sealed class InMemoryStepEngineRecoveryTests() : StepEngineRecoveryTests(() => new InMemoryData());
