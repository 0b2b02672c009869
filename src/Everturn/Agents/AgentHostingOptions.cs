using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>How this host executes one agent.</summary>
public sealed class AgentHostingOptions
{
    internal string? Runtime { get; private set; }

    internal bool? ResumesItself { get; private set; }

    internal SweepPolicy? Retention { get; private set; }

    /// <summary>
    /// Lets a runtime carry the agent's runs. Default: the one of <see cref="AgentBuilderExtensions.UseRuntime"/>, which is
    /// the workflow runtime. Each run keeps the runtime that it began on; the session's next run goes by what is said here.
    /// </summary>
    /// <param name="runtime">One of <see cref="AgentRuntimes"/>.</param>
    /// <exception cref="InvalidInputException">There is no such runtime.</exception>
    public AgentHostingOptions OnRuntime(string runtime)
    {
        AgentHosting.CheckRuntime(runtime, nameof(runtime));
        Runtime = runtime;
        return this;
    }

    /// <summary>
    /// Says how long data of an agent that a factory makes is kept. Only the host is asked, since what a definition made
    /// for one run says can not speak for the others.
    /// </summary>
    /// <param name="policy">Retention of parts of a session.</param>
    public AgentHostingOptions WithRetention(SweepPolicy policy)
    {
        Retention = policy;
        return this;
    }

    /// <summary>
    /// Says whether a run of the agent that waits for answers is resumed by itself when the last one arrives, or its time
    /// is over. Default: <see cref="Loop.LoopOptions.ResumeWhenAnswered"/>, which is false.
    /// </summary>
    /// <param name="resumes">Whether it is.</param>
    public AgentHostingOptions ResumeWhenAnswered(bool resumes = true)
    {
        ResumesItself = resumes;
        return this;
    }
}
