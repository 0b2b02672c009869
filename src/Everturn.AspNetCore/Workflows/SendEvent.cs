using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Workflows;

/// <summary><c>POST /workflows/{workflow}/instances/{id}/events/{type}</c>: the body is the event's payload.</summary>
internal static class SendEvent
{
    public static async Task HandleAsync(WorkflowRequest request)
    {
        var key = request.OwnKey();
        var type = request.Route("type");
        WorkflowIdentifiers.CheckEventType(type);
        var payload = await JsonBody
            .ReadRawAsync(request.Http.Request, JournalRecord.MaxValueBytes)
            .ConfigureAwait(false);
        await request.Engine.SendEventAsync(key, type, payload, request.Aborted).ConfigureAwait(false);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
