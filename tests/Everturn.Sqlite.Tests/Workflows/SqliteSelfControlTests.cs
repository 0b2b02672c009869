using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteSelfControlTests() : SelfControlTests(() => new SqliteData());
