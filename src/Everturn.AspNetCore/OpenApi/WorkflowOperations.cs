using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>What the document says about the routes of workflows. A test compares it with the routes.</summary>
internal static class WorkflowOperations
{
    private const string Instances = "/{workflow}/instances";
    private const string Instance = Instances + "/{id}";

    private static readonly EverturnHttpJson Json = EverturnHttpJson.Default;

    private static readonly int[] OfBodies =
    [
        StatusCodes.Status409Conflict,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType,
    ];

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new("GET", "", "listWorkflows", "Workflows that this host has code for, by name")
        {
            Parameters =
            [
                new(
                    "agents",
                    """{"type":"boolean","default":false}""",
                    "Whether to list those that carry agents, too."
                ),
            ],
            Responses = [new(Json.WorkflowsResponse, "The workflows that the caller may see.")],
        },
        new("GET", "/{workflow}", "getWorkflow", "A workflow, with how many instances have which status")
        {
            Responses = [new(Json.WorkflowView, "The workflow.")],
        },
        new("GET", Instances, "listInstances", "Instances of a workflow, newest first")
        {
            Description =
                "Shows what the caller may read. A page may be shorter than asked for; `hasMore` says whether to go on.",
            Parameters =
            [
                new(
                    "status",
                    """
                    {"type":"string","enum":["queued","running","waiting","waitingForPause","paused","complete","errored",
                    "terminated"]}
                    """,
                    "Only with this status."
                ),
                ApiParameter.Text("idPrefix", "Only with an id that begins so."),
                Time("createdFrom", "Only those created at this time or later."),
                Time("createdBefore", "Only those created before this time."),
                ApiParameter.Limit(50),
                ApiParameter.Cursor,
            ],
            Responses = [new(Json.InstancesResponse, "A page of instances.")],
        },
        new("POST", Instances, "createInstance", "Creates an instance")
        {
            Parameters = [ApiParameter.IdempotencyKey],
            Body = new(Json.CreateInstanceRequest, IsRequired: false),
            Responses =
            [
                new(StatusCodes.Status201Created, "The instance is durable. `Location` says where it is.")
                {
                    Type = Json.InstanceView,
                },
            ],
            Problems = OfBodies,
        },
        new("POST", Instances + "/batch", "createInstances", "Creates 1 to 100 instances, all or none of them")
        {
            Body = new(Json.ListCreateInstanceRequest),
            Responses =
            [
                new(StatusCodes.Status201Created, "Those that are new. Ids that exist are left out, without an error.")
                {
                    Type = Json.CreatedInstancesResponse,
                },
            ],
            Problems = OfBodies,
        },
        new("POST", Instances + "/batch/delete", "deleteInstances", "Deletes 1 to 100 instances, each for itself")
        {
            Body = new(Json.ListString),
            Responses = [new(Json.DeletedInstancesResponse, "What was deleted and what was not.")],
            Problems = OfBodies,
        },
        new("GET", Instance, "getInstance", "An instance with the progress of its steps")
        {
            Responses = [new(Json.InstanceDetailsView, "The instance.")],
        },
        new("DELETE", Instance, "deleteInstance", "Deletes an instance and all that is remembered of it")
        {
            Description = "One that runs is stopped, without rollback. The id is free again.",
            Responses = [new(StatusCodes.Status204NoContent, "It is deleted.")],
            Problems = [StatusCodes.Status409Conflict],
        },
        new(
            "PATCH",
            Instance + "/status",
            "changeInstanceStatus",
            "Pauses, resumes, terminates or restarts an instance"
        )
        {
            Body = new(Json.ChangeStatusRequest),
            Responses = [new(Json.InstanceView, "The instance after the change.")],
            Problems = OfBodies,
        },
        new("POST", Instance + "/events/{type}", "sendEvent", "Sends an event; the body is its payload")
        {
            Body = new(Json.JsonElement, IsRequired: false),
            Responses = [new(StatusCodes.Status204NoContent, "The event is durable.")],
            Problems = OfBodies,
        },
        new("GET", Instance + "/subscribe", "subscribeInstance", "What happened and happens, as server-sent events")
        {
            Description = "Ends with an event `end` whose data is a `SubscriptionEndEvent`.",
            Parameters =
            [
                new(
                    "cursor",
                    """{"type":"integer","format":"int64","minimum":0,"default":0}""",
                    "The last `eventId` that the reader has: events after it are given."
                ),
                ApiParameter.Text("filter", "Only these types of events, with commas in between."),
                ApiParameter.LastEventId("cursor"),
            ],
            Responses = [new(Json.InstanceEventView, "The data of each event.") { MediaType = "text/event-stream" }],
        },
    ];

    private static ApiParameter Time(string name, string description) =>
        new(name, """{"type":"string","format":"date-time"}""", description);
}
