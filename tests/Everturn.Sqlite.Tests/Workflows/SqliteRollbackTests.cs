using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteRollbackTests() : RollbackTests(() => new SqliteData());
