using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteChildAndStreamTests() : ChildAndStreamTests(() => new SqliteData());
