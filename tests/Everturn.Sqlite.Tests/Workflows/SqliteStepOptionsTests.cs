using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteStepOptionsTests() : StepOptionsTests(() => new SqliteData());
