using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteSleepAndEventTests() : SleepAndEventTests(() => new SqliteData());
