using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Workflows;

namespace Everturn.Agents.Steps;

/// <summary>The parts of a <see cref="WorkflowAgentExecutor"/> (Helix Agents, <c>CloudflareAgentExecutorConfig</c>).</summary>
public sealed class WorkflowAgentExecutorOptions
{
    /// <summary>The engine that creates instances.</summary>
    public required IWorkflowEngine Engine { get; init; }

    /// <summary>
    /// The workflow that carries the runs: one whose parameters are an <see cref="AgentWorkflowInput"/>, and which hands
    /// them to an <see cref="AgentWorkflowRunner"/>.
    /// </summary>
    public required string WorkflowName { get; init; }

    /// <summary>The truth about sessions.</summary>
    public required ISessionStore Store { get; init; }

    /// <summary>The live streams of the store.</summary>
    public required SessionStreams Streams { get; init; }

    /// <summary>The agents. Default: <see cref="AgentRegistry.Default"/>.</summary>
    public AgentRegistry Agents { get; init; } = AgentRegistry.Default;

    /// <summary>The application's services: for factories of agents, and for hooks.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
