namespace Everturn.Workflows;

/// <summary>From where an instance runs again (Cloudflare Workflows, <c>restart</c>).</summary>
public sealed record RestartOptions
{
    /// <summary>
    /// This step and all that started after it are forgotten, what came before keeps its results. Null: everything is
    /// forgotten, with the events that no wait has received.
    /// </summary>
    public StepReference? From { get; init; }
}
