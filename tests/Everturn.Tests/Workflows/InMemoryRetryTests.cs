namespace Everturn.Tests.Workflows;

public sealed class InMemoryRetryTests() : RetryTests(() => new InMemoryData());
