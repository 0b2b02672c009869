using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteReplayTests() : ReplayTests(() => new SqliteData());
