namespace Everturn.Streaming;

/// <summary>
/// The spelling of every chunk type (Helix Agents, stream protocol). Some are inferred, since not all of the upstream
/// union is public: this is the one place where they would change.
/// </summary>
public static class ChunkType
{
    /// <summary>A piece of the model's answer.</summary>
    public const string TextDelta = "text_delta";

    /// <summary>The model's reasoning.</summary>
    public const string Thinking = "thinking";

    /// <summary>The model begins to write the arguments of a call.</summary>
    public const string ToolArgStreamStart = "tool_arg_stream_start";

    /// <summary>A piece of a call's arguments.</summary>
    public const string ToolArgStreamDelta = "tool_arg_stream_delta";

    /// <summary>The arguments of a call are complete.</summary>
    public const string ToolArgStreamEnd = "tool_arg_stream_end";

    /// <summary>A tool starts.</summary>
    public const string ToolStart = "tool_start";

    /// <summary>A tool call has its result.</summary>
    public const string ToolEnd = "tool_end";

    /// <summary>A call waits for a person's decision.</summary>
    public const string ToolApprovalRequest = "tool_approval_request";

    /// <summary>A sub-agent starts.</summary>
    public const string SubAgentStart = "subagent_start";

    /// <summary>A sub-agent ended; the call's tool_end follows.</summary>
    public const string SubAgentEnd = "subagent_end";

    /// <summary>Custom state changed.</summary>
    public const string StatePatch = "state_patch";

    /// <summary>An event of the application's own.</summary>
    public const string Custom = "custom";

    /// <summary>The run's final output.</summary>
    public const string Output = "output";

    /// <summary>Something went wrong.</summary>
    public const string Error = "error";

    /// <summary>The run was stopped softly and can be resumed.</summary>
    public const string RunInterrupted = "run_interrupted";

    /// <summary>A new run continues the session.</summary>
    public const string RunResumed = "run_resumed";

    /// <summary>The run ended at a human or child boundary.</summary>
    public const string RunPaused = "run_paused";

    /// <summary>The run gave way to a newer one.</summary>
    public const string RunSuperseded = "run_superseded";

    /// <summary>See <see cref="RunSteeredChunk"/>.</summary>
    public const string RunSteered = "run_steered";

    /// <summary>A checkpoint was taken.</summary>
    public const string CheckpointCreated = "checkpoint_created";

    /// <summary>The chunks of the step so far are final.</summary>
    public const string StepCommitted = "step_committed";

    /// <summary>The step's chunks from a number on are void and will come anew.</summary>
    public const string StepDiscarded = "step_discarded";

    /// <summary>The reader's position is not part of the log any more: load the snapshot and go on after its number.</summary>
    public const string StreamResync = "stream_resync";

    /// <summary>The run is suspended, with what it waits for.</summary>
    public const string Suspended = "suspended";
}
