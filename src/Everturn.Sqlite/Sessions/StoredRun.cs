using Everturn.Sessions;

namespace Everturn.Sqlite.Sessions;

/// <summary>A run whose output is still encoded.</summary>
/// <param name="Run">The run without output.</param>
/// <param name="Output">The output's column, or null.</param>
internal sealed record StoredRun(RunRecord Run, byte[]? Output);
