namespace Everturn.Sessions;

/// <summary>Why a run ended as it did, where the status alone does not say. Stored and shown as is.</summary>
public static class RunReason
{
    /// <summary>Its host died and its runtime does not recover by itself.</summary>
    public const string HostLost = "host_lost";

    /// <summary>Its host stopped in good order, and its runtime does not go on elsewhere by itself.</summary>
    public const string HostStopped = "host_stopped";

    /// <summary>It was taken over too often without progress: a run that kills its host must not loop.</summary>
    public const string RecoveryExhausted = "recovery_exhausted";

    /// <summary>A message took its place, see <see cref="Agents.DoubleTexting.Interrupt"/>.</summary>
    public const string Superseded = "superseded";

    /// <summary>A message took its place, and what it did is void, see <see cref="Agents.DoubleTexting.Rollback"/>.</summary>
    public const string RolledBack = "rolled_back";

    /// <summary>It was aborted: final, not resumable.</summary>
    public const string Aborted = "aborted";

    /// <summary>It used up the steps of its agent's run budget.</summary>
    public const string MaxSteps = "max_steps";

    /// <summary>It used up the tokens of its agent's run budget.</summary>
    public const string MaxTokens = "max_tokens";

    /// <summary>It used up the time of its agent's run budget.</summary>
    public const string MaxTime = "max_time";

    /// <summary>It cost as much as its agent's run budget allows.</summary>
    public const string MaxCost = "max_cost";

    /// <summary>Its session used up the steps of the agent's session budget.</summary>
    public const string SessionMaxSteps = "session_max_steps";

    /// <summary>Its session used up the tokens of the agent's session budget.</summary>
    public const string SessionMaxTokens = "session_max_tokens";

    /// <summary>Its session used up the time of the agent's session budget.</summary>
    public const string SessionMaxTime = "session_max_time";

    /// <summary>Its session cost as much as the agent's session budget allows.</summary>
    public const string SessionMaxCost = "session_max_cost";

    /// <summary>Its agent has a cost budget, and a model that was used has no price.</summary>
    public const string UnknownPrice = "unknown_price";

    /// <summary>The model call failed for good.</summary>
    public const string ModelFailed = "model_failed";

    /// <summary>The workflow instance that carried it was refused or ended without it.</summary>
    public const string InstanceLost = "instance_lost";

    /// <summary>The workflow of the application's own that carried it said so.</summary>
    public const string WorkflowFailed = "workflow_failed";

    /// <summary>Its session was deleted while it ran; only what carried it tells.</summary>
    public const string SessionDeleted = "session_deleted";

    /// <summary>A tool call's outcome or the model's output broke a limit.</summary>
    public const string LimitExceeded = "limit_exceeded";

    /// <summary>The model's structured output does not fit the output type.</summary>
    public const string InvalidOutput = "invalid_output";

    /// <summary>A call was not answered in time, and its tool says that the run fails then.</summary>
    public const string CallExpired = "call_expired";

    /// <summary>Its message waited, and what it sets in the state does not fit any more.</summary>
    public const string InvalidInput = "invalid_input";

    /// <summary>A person or program asked for the interrupt without giving a reason.</summary>
    public const string UserRequested = "user_requested";
}
