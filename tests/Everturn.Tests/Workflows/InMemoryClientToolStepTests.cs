namespace Everturn.Tests.Workflows;

public sealed class InMemoryClientToolStepTests() : ClientToolStepTests(() => new InMemoryData());
