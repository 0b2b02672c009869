namespace Everturn.Storage;

/// <summary>Every durable write there is, by name. Stores report them as metrics, and the crash kit kills at each.</summary>
public enum CommitKind
{
    /// <summary>A run starts: run record, user message, stream reactivation, outbox entry.</summary>
    RunStart,

    /// <summary>A node takes a run.</summary>
    RunClaim,

    /// <summary>Chunks of a model call in flight.</summary>
    DeltaFlush,

    /// <summary>M: the model's message, its tool calls and usage, before any tool starts.</summary>
    StepModel,

    /// <summary>The intent to run a tool whose effect must not be repeated blindly.</summary>
    ToolIntent,

    /// <summary>The outcome of one of several parallel tools.</summary>
    ToolOutcome,

    /// <summary>T: results, merged state, checkpoint, <c>step_committed</c>.</summary>
    StepCommit,

    /// <summary>A run ends, alone or together with its last step.</summary>
    RunEnd,

    /// <summary>A message begins to wait for the run in its way, or is withdrawn.</summary>
    RunQueue,

    /// <summary>A message joins the run in its way.</summary>
    RunSteer,

    /// <summary>An interrupt, abort or steer is asked for.</summary>
    Command,

    /// <summary>A session is created, renamed, tagged or otherwise changed outside a run.</summary>
    SessionUpdate,

    /// <summary>A session is deleted.</summary>
    SessionDelete,

    /// <summary>Outbox entries are done.</summary>
    OutboxDrain,

    /// <summary>A workflow instance is created.</summary>
    InstanceCreate,

    /// <summary>A node takes a workflow instance.</summary>
    InstanceClaim,

    /// <summary>Step outcomes of a workflow instance.</summary>
    JournalAppend,

    /// <summary>A workflow instance goes to sleep or waits for an event.</summary>
    InstanceWait,

    /// <summary>A workflow instance ends.</summary>
    InstanceEnd,

    /// <summary>A pause, resume, terminate, restart or delete of a workflow instance.</summary>
    InstanceControl,

    /// <summary>An event for a workflow instance arrives.</summary>
    EventAppend,

    /// <summary>A host registers, or fences a dead one.</summary>
    Node,

    /// <summary>A large payload is written beside the database.</summary>
    BlobWrite,

    /// <summary>Expired data is removed.</summary>
    Sweep,

    /// <summary>A node takes a stateful agent's object, or forgets one that was destroyed.</summary>
    ObjectClaim,

    /// <summary>When an object is to be woken.</summary>
    ObjectAlarm,

    /// <summary>What an object wrote, in its own file.</summary>
    ObjectCommit,
}
