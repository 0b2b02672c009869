using Everturn.Sessions;
using Everturn.State;

namespace Everturn.Agents.Queue;

/// <summary>What waiting messages bring to the run that takes them.</summary>
internal static class QueuedInput
{
    /// <summary>The messages as part of a run.</summary>
    public static IEnumerable<AgentMessage> Messages(QueuedRun queued, string runId, DateTimeOffset at) =>
        queued.Messages.Select(message => message with { RunId = runId, CreatedAt = at });

    /// <summary>The custom state with its change; null where it changes nothing.</summary>
    /// <param name="queued">The waiting message.</param>
    /// <param name="agent">The session's agent.</param>
    /// <param name="state">The custom state, JSON; empty for none.</param>
    /// <exception cref="InvalidInputException">The result is not a state of the agent.</exception>
    public static ReadOnlyMemory<byte>? State(QueuedRun queued, AgentDefinition agent, ReadOnlyMemory<byte> state)
    {
        if (queued.StateChange.IsEmpty)
        {
            return null;
        }

        return RunInput.Merge(agent, state, JsonBytes.Parse(queued.StateChange), "input.state");
    }
}
