using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteStepEngineRecoveryTests() : StepEngineRecoveryTests(() => new SqliteData());
