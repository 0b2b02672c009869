using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteStepEngineTests() : StepEngineTests(() => new SqliteData());
