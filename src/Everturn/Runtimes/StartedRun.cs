using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Runtimes;

/// <summary>A run that this process began a moment ago: what its execution needs, without reading it back.</summary>
/// <param name="Agent">The definition that it was checked against; a factory is not asked twice for one execution.</param>
/// <param name="Commit">The commit that began it.</param>
/// <param name="Run">The run.</param>
/// <param name="Session">The session after the commit.</param>
internal sealed record StartedRun(AgentDefinition Agent, SessionCommit Commit, RunRecord Run, SessionRecord Session);
