namespace Everturn.Tests.Workflows;

public sealed class InMemoryStepTests() : StepTests(() => new InMemoryData());
