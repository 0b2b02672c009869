using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteBadInputTests() : BadInputTests(() => new SqliteData());
