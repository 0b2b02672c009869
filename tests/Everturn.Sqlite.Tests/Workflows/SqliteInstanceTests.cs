using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteInstanceTests() : InstanceTests(() => new SqliteData());
