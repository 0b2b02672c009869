using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteClientToolStepTests() : ClientToolStepTests(() => new SqliteData());
