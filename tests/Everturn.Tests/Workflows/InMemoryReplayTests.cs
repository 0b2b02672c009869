namespace Everturn.Tests.Workflows;

public sealed class InMemoryReplayTests() : ReplayTests(() => new InMemoryData());
