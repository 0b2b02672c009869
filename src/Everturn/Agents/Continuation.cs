using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>What a resume or a retry asks for, in one form.</summary>
internal sealed record Continuation
{
    /// <summary>What the new run is: it decides about its instance id.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Where it begins.</summary>
    public required ContinuationPoint From { get; init; }

    /// <summary>The status rules that apply.</summary>
    public ResumeMode Mode { get; init; }

    /// <summary>The checkpoint of <see cref="ContinuationPoint.Checkpoint"/>; null for the run's last.</summary>
    public string? CheckpointId { get; init; }

    /// <summary>Messages to add; those of a start take the place of the run's input.</summary>
    public IReadOnlyList<AgentMessage> Messages { get; init; } = [];

    /// <summary>Properties to set in the custom state.</summary>
    public JsonElement? ModifyState { get; init; }

    /// <summary>The agent server that the run belongs to; null for that of the run before it.</summary>
    public string? Server { get; init; }

    /// <summary>The caller's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Its hash; null without an id.</summary>
    public string? BodyHash { get; init; }

    /// <exception cref="InvalidInputException">Something is not acceptable.</exception>
    public static Continuation Of(ResumeOptions options)
    {
        ContinuationInput.Check(options);
        var goesBack = options.Mode is ResumeMode.FromCheckpoint or ResumeMode.Retry or ResumeMode.Branch;
        return new()
        {
            Trigger = options.Mode == ResumeMode.Retry ? RunTrigger.Retry : RunTrigger.Resume,
            From = goesBack || options.CheckpointId is not null ? ContinuationPoint.Checkpoint : ContinuationPoint.End,
            Mode = options is { Mode: ResumeMode.Continue, CheckpointId: not null }
                ? ResumeMode.FromCheckpoint
                : options.Mode,
            CheckpointId = options.CheckpointId,
            Messages = ContinuationInput.Messages(options.AppendMessages, options.Message),
            ModifyState = options.ModifyState,
            Server = options.Server,
            RequestId = options.RequestId,
            BodyHash = options.RequestId is null ? null : ContinuationInput.Hash(options),
        };
    }

    /// <exception cref="InvalidInputException">Something is not acceptable.</exception>
    public static Continuation Of(RetryRunOptions options)
    {
        ContinuationInput.Check(options);
        return new()
        {
            Trigger = RunTrigger.Retry,
            From = options.Mode == RetryMode.FromStart ? ContinuationPoint.Start : ContinuationPoint.Checkpoint,
            Mode = ResumeMode.Retry,
            Messages = ContinuationInput.Messages(null, options.Message),
            Server = options.Server,
            RequestId = options.RequestId,
            BodyHash = options.RequestId is null ? null : ContinuationInput.Hash(options),
        };
    }
}
