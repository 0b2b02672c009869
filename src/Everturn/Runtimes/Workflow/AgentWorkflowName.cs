namespace Everturn.Runtimes.Workflow;

/// <summary>
/// Names of the workflows that carry agents: one for each agent, so that a node claims only runs of agents it has code
/// for, and the others wait, visibly.
/// </summary>
internal static class AgentWorkflowName
{
    private const string Prefix = "agent__";

    public static string Of(string agentName) => Prefix + agentName;

    public static bool Is(string workflowName) => workflowName.StartsWith(Prefix, StringComparison.Ordinal);
}
