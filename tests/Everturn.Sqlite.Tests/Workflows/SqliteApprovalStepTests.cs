using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteApprovalStepTests() : ApprovalStepTests(() => new SqliteData());
