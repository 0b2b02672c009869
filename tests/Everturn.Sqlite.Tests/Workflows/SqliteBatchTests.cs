using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteBatchTests() : BatchTests(() => new SqliteData());
