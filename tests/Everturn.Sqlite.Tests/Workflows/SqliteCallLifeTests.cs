using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteCallLifeTests() : CallLifeTests(() => new SqliteData());
