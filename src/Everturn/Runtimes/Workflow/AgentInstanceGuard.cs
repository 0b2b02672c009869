using Everturn.Workflows;

namespace Everturn.Runtimes.Workflow;

/// <summary>Instances that carry runs are controlled through their session.</summary>
internal sealed class AgentInstanceGuard : IInstanceGuard
{
    private const string Separator = "__";

    public void Check(InstanceKey key)
    {
        if (AgentWorkflowName.Is(key.Workflow))
        {
            throw new InstanceControlledElsewhereException(
                key,
                $"Instance {key} carries a run of a session: use POST /sessions/{SessionOf(key)}/interrupt, /abort, "
                    + "/resume or /retry instead."
            );
        }
    }

    /// <summary>Ids are <c>agent__{name}__{session}</c>, and more after another separator.</summary>
    private static string SessionOf(InstanceKey key) =>
        key.Id.Split(Separator) is [_, _, var session, ..] ? session : "{sessionId}";
}
