namespace Everturn.Agents;

/// <summary>
/// How a session is taken up again (Helix Agents, <c>resume</c>). Every mode begins a new run in the same turn, and none
/// clears the stream.
/// </summary>
public enum ResumeMode
{
    /// <summary>Goes on where the run stopped; calls that have no result yet are made again.</summary>
    Continue,

    /// <summary>The same with something to say: open calls are closed, and <see cref="ResumeOptions.Message"/> follows.</summary>
    WithMessage,

    /// <summary>
    /// Goes on from a checkpoint: what came after it is void. Without <see cref="ResumeOptions.CheckpointId"/> it is the
    /// last one that the run took.
    /// </summary>
    FromCheckpoint,

    /// <summary>As <see cref="AgentHandle.RetryAsync"/> does by default.</summary>
    Retry,

    /// <summary>
    /// Goes another way from <see cref="ResumeOptions.CheckpointId"/>, usually with another state or message. A session
    /// that completed or failed can be taken back like this too.
    /// </summary>
    Branch,
}
