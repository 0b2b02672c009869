using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>What the document says about the routes of sessions. A test compares it with the routes.</summary>
internal static class SessionOperations
{
    private static readonly EverturnHttpJson Json = EverturnHttpJson.Default;

    private static readonly int[] OfContinuations =
    [
        StatusCodes.Status409Conflict,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity,
    ];

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new("GET", "", "listSessions", "Sessions, newest first")
        {
            Description =
                "Shows what the caller may read. A page may be shorter than asked for; `hasMore` says whether to go on.",
            Parameters =
            [
                ApiParameter.Text("agentType", "Only this agent's."),
                ApiParameter.Text("userId", "Only this user's."),
                ApiParameter.Text("tag", "Only with this tag."),
                new(
                    "status",
                    """{"type":"string","enum":["active","interrupted","completed","failed"]}""",
                    "Only with this status."
                ),
                ApiParameter.Text("text", "Only with this text in the title, without regard to ASCII case."),
                ApiParameter.Limit(50),
                ApiParameter.Cursor,
            ],
            Responses = [new(Json.SessionsResponse, "A page of sessions.")],
        },
        new("GET", "/{sessionId}", "getSession", "A session's record, or its stream as a WebSocket")
        {
            Description =
                "With a WebSocket handshake: every chunk after `fromSequence` as a text frame `StreamEvent`, then a frame "
                + "`StreamEndFrame` and close code 1000. The client may send a `ConnectionState` at any time to go on from "
                + "another number. The parameters concern the WebSocket only.",
            Parameters = [ApiParameter.FromSequence, ApiParameter.Follow],
            Responses =
            [
                new(Json.SessionView, "The record."),
                new(StatusCodes.Status101SwitchingProtocols, "The WebSocket is open."),
            ],
            Problems = [StatusCodes.Status429TooManyRequests],
        },
        new("PATCH", "/{sessionId}", "updateSession", "Changes title, tags or metadata")
        {
            Body = new(Json.UpdateSessionRequest),
            Responses = [new(Json.SessionView, "The record after the change.")],
            Problems = [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType],
        },
        new("DELETE", "/{sessionId}", "deleteSession", "Deletes a session and all it holds")
        {
            Responses = [new(StatusCodes.Status204NoContent, "It is deleted.")],
            Problems = [StatusCodes.Status409Conflict],
        },
        new("POST", "/{sessionId}/start", "startAgent", "Begins a run: the session's first turn, or its next")
        {
            Parameters = [ApiParameter.IdempotencyKey],
            Body = new(Json.StartAgentRequestV2),
            Responses = [new(Json.AgentStartResponse, "The run is durable.")],
            Problems =
            [
                StatusCodes.Status409Conflict,
                StatusCodes.Status410Gone,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity,
            ],
        },
        new("POST", "/{sessionId}/resume", "resumeAgent", "Takes the session up again, in a new run")
        {
            Parameters = [ApiParameter.IdempotencyKey],
            Body = new(Json.ResumeAgentRequestV2),
            Responses = [new(Json.AgentStartResponse, "The new run is durable.")],
            Problems = OfContinuations,
        },
        new("POST", "/{sessionId}/retry", "retryAgent", "Tries a failed or interrupted run again, in a new run")
        {
            Parameters = [ApiParameter.IdempotencyKey],
            Body = new(Json.RetryAgentRequestV2),
            Responses = [new(Json.AgentStartResponse, "The new run is durable.")],
            Problems = OfContinuations,
        },
        new("POST", "/{sessionId}/abort", "abortAgent", "Stops the current run for good")
        {
            Body = new(Json.AbortRequest, IsRequired: false),
            Responses = [new(Json.InterruptResponse, "The request is durable, or the run had ended before.")],
            Problems = [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType],
        },
        new("GET", "/{sessionId}/usage", "getUsage", "What the session used, one by one and in total")
        {
            Parameters = [ApiParameter.Limit(50), ApiParameter.Cursor],
            Responses = [new(Json.UsageResponse, "A page of entries, and the totals of all.")],
        },
        new("GET", "/{sessionId}/snapshot", "getSnapshot", "The session as of one moment, to show it and to follow it")
        {
            Parameters = [ApiParameter.Limit(100)],
            Responses = [new(Json.SnapshotResponse, "Go on with the stream after `streamSequence`.")],
        },
        new("POST", "/{sessionId}/interrupt", "interruptAgent", "Stops the current run softly")
        {
            Body = new(Json.InterruptRequest, IsRequired: false),
            Responses = [new(Json.InterruptResponse, "The request is durable, or the run had ended before.")],
            Problems = [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType],
        },
        new("GET", "/{sessionId}/status", "getSessionStatus", "Status of the current run")
        {
            Responses = [new(Json.AgentStatusResponse, "The status.")],
        },
        new("GET", "/{sessionId}/sse", "streamSession", "The stream as server-sent events, stored and live")
        {
            Description = "Ends with an event `end` whose data is a `StreamEndEvent`.",
            Parameters = [ApiParameter.FromSequence, ApiParameter.Follow, ApiParameter.LastEventId("fromSequence")],
            Responses =
            [
                new(StatusCodes.Status200OK, "The data of each event.")
                {
                    MediaType = "text/event-stream",
                    Schema = StreamSchemas.Event,
                },
            ],
            Problems = [StatusCodes.Status429TooManyRequests],
        },
        new("GET", "/{sessionId}/history", "getHistory", "Stored chunks")
        {
            Parameters = [ApiParameter.FromSequence, ApiParameter.Limit(100)],
            Responses =
            [
                new(StatusCodes.Status200OK, "The chunks after `fromSequence`.") { Schema = StreamSchemas.History },
            ],
        },
        new("GET", "/{sessionId}/messages", "getMessages", "Part of the transcript, oldest first")
        {
            Parameters =
            [
                new(
                    "offset",
                    """{"type":"integer","format":"int32","minimum":0,"default":0}""",
                    "Index of the first message."
                ),
                ApiParameter.Limit(100),
            ],
            Responses = [new(Json.MessagesResponse, "The messages.")],
        },
        new("GET", "/{sessionId}/runs", "listRuns", "The session's runs, oldest first")
        {
            Parameters = [ApiParameter.Limit(50), ApiParameter.Cursor],
            Responses = [new(Json.RunsResponse, "A page of runs.")],
        },
        new("GET", "/{sessionId}/checkpoints", "listCheckpoints", "The session's checkpoints, newest first")
        {
            Parameters = [ApiParameter.Limit(50), ApiParameter.Cursor],
            Responses = [new(Json.CheckpointsResponse, "A page of checkpoints.")],
        },
    ];
}
