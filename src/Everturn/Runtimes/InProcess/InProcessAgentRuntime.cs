using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Runtimes.InProcess;

/// <summary>Runs are carried by tasks of the process that began them.</summary>
internal sealed class InProcessAgentRuntime(RunHost host, RunCarrier carrier, INodeDirectory nodes) : IAgentRuntime
{
    public string Name => AgentRuntimes.InProcess;

    public NodeIdentity? Owner => nodes.Self;

    public string? WorkflowNameOf(string agentType) => null;

    public void Started(AgentDefinition agent, SessionCommit commit, SessionCommitResult result)
    {
        var run = result.Run!;
        if (run.Owner is not null)
        {
            host.Expect(new(agent, commit, run, result.Session!));
        }

        // A run without owner was accepted while this host had lost its place; claiming it shows whether it is back.
        carrier.Carry(run);
    }
}
