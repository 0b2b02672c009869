using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteFitTests() : FitTests(() => new SqliteData());
