using Everturn.Sessions;

namespace Everturn.Testing.Crashes;

/// <summary>All that a session left, as somebody sees it from outside; what <see cref="InvariantChecker"/> judges.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Runs">Its runs, oldest first.</param>
/// <param name="Messages">Its transcript.</param>
/// <param name="Chunks">Its event log, all of it.</param>
public sealed record SessionEvidence(
    string SessionId,
    IReadOnlyList<RunEvidence> Runs,
    IReadOnlyList<AgentMessage> Messages,
    IReadOnlyList<ReceivedChunk> Chunks
);
