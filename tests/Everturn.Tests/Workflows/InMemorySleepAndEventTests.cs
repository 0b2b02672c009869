namespace Everturn.Tests.Workflows;

public sealed class InMemorySleepAndEventTests() : SleepAndEventTests(() => new InMemoryData());
