using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteRetryTests() : RetryTests(() => new SqliteData());
