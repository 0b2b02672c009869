namespace Everturn.Tests.Workflows;

public sealed class InMemoryStepOptionsTests() : StepOptionsTests(() => new InMemoryData());
