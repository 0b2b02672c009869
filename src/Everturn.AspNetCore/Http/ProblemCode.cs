namespace Everturn.AspNetCore;

/// <summary>The stable codes of problems. The type of a problem is <c>urn:everturn:problem:{code}</c>.</summary>
internal static class ProblemCode
{
    public const string InvalidInput = "invalid_input";
    public const string MalformedJson = "malformed_json";
    public const string BadRequest = "bad_request";
    public const string PayloadTooLarge = "payload_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string Forbidden = "forbidden";
    public const string OriginNotAllowed = "origin_not_allowed";
    public const string SessionNotFound = "session_not_found";
    public const string SessionDeleted = "session_deleted";
    public const string SessionRunning = "session_running";
    public const string AgentNotFound = "agent_not_found";
    public const string AgentAlreadyRunning = "agent_already_running";
    public const string AgentMismatch = "agent_mismatch";
    public const string CannotResume = "cannot_resume";
    public const string CheckpointNotFound = "checkpoint_not_found";
    public const string RequestConflict = "request_conflict";
    public const string WorkflowNotFound = "workflow_not_found";
    public const string InstanceNotFound = "instance_not_found";
    public const string InstanceAlreadyExists = "instance_already_exists";
    public const string InstanceFinished = "instance_finished";
    public const string InstanceConflict = "instance_conflict";
    public const string ControlledElsewhere = "controlled_elsewhere";
    public const string TooManyReaders = "too_many_readers";
    public const string StoreUnavailable = "store_unavailable";
    public const string OutcomeUnknown = "outcome_unknown";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string UpgradeRequired = "upgrade_required";
    public const string HookFailed = "hook_failed";
    public const string Internal = "internal_error";
}
