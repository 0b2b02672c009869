using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteSystemTests() : SystemTests(() => new SqliteData());
