namespace Everturn.Agents;

/// <summary>What can carry an agent's runs. The names are stored on run records.</summary>
public static class AgentRuntimes
{
    /// <summary>
    /// A task in the process that began the run. It costs nothing, and does not come back by itself: a run whose host
    /// died is found, marked interrupted, and goes on when it is resumed.
    /// </summary>
    public const string InProcess = "in-process";

    /// <summary>A workflow instance for each run, which comes back by itself after a crash. The default.</summary>
    public const string Workflow = "workflow";
}
