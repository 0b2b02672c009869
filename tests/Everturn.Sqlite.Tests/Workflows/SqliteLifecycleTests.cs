using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteLifecycleTests() : LifecycleTests(() => new SqliteData());
