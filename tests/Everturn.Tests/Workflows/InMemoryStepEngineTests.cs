namespace Everturn.Tests.Workflows;

public sealed class InMemoryStepEngineTests() : StepEngineTests(() => new InMemoryData());
