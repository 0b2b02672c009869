namespace Everturn.Tests.Workflows;

public sealed class InMemoryApprovalStepTests() : ApprovalStepTests(() => new InMemoryData());
