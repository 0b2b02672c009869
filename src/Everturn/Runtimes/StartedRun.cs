using Everturn.Sessions;

namespace Everturn.Runtimes;

/// <summary>A run that this process began a moment ago: what its execution needs, without reading it back.</summary>
/// <param name="Commit">The commit that began it.</param>
/// <param name="Run">The run.</param>
/// <param name="Session">The session after the commit.</param>
internal sealed record StartedRun(SessionCommit Commit, RunRecord Run, SessionRecord Session);
