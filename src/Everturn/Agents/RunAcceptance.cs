using Everturn.Diagnostics;
using Everturn.Runtimes;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Writes the one commit that makes a run true, and hands the run over to its runtime.</summary>
/// <param name="store">The session store.</param>
/// <param name="runtimes">What carries the run.</param>
/// <param name="traces">Gives the run its trace.</param>
internal sealed class RunAcceptance(ISessionStore store, AgentRuntimeSelector runtimes, RunTraces traces)
{
    /// <summary>A run for a commit to begin.</summary>
    /// <exception cref="InvalidInputException">The agent's runtime cannot carry it.</exception>
    public NewRun NewRun(AgentDefinition agent, string runId, RunTrigger trigger)
    {
        var runtime = runtimes.For(agent.Name);
        return new()
        {
            RunId = runId,
            Trigger = trigger,
            DefinitionVersion = agent.Version,
            Runtime = runtime.Name,
            Owner = runtime.Owner,
            InstanceId = runtime.InstanceId,
            WorkflowName = runtime.WorkflowNameOf(agent.Name),
        };
    }

    /// <summary>When a session whose run begins now may be deleted; null leaves what was said before.</summary>
    public static DateTimeOffset? ExpiryOf(AgentDefinition agent, DateTimeOffset now) =>
        agent.SessionLifetime is { } lifetime ? now + lifetime : null;

    /// <summary>Stores a commit that begins a run; where it was applied, the runtime has the run.</summary>
    public async ValueTask<SessionCommitResult> CommitAsync(
        AgentDefinition agent,
        SessionCommit commit,
        CancellationToken cancellationToken
    )
    {
        using var trace = await traces.AcceptAsync(commit, cancellationToken).ConfigureAwait(false);
        commit = trace.Stamp(commit);
        SessionCommitResult result;
        try
        {
            result = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        }
        catch (OwnershipLostException) when (commit.NewRun!.Owner is not null)
        {
            // This host was silent for so long that it counts as dead, and is not back yet: any host may take the run.
            commit = commit with
            {
                NewRun = commit.NewRun with { Owner = null },
            };
            result = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        }

        trace.Ended(result);
        if (result.IsApplied)
        {
            runtimes.For(agent.Name).Started(agent, commit, result);
        }

        return result;
    }
}
