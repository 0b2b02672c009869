using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteRecoveryTests() : RecoveryTests(() => new SqliteData());
