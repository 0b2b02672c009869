namespace Everturn.Tests.Workflows;

public sealed class InMemoryFitTests() : FitTests(() => new InMemoryData());
