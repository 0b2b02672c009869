using Everturn.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Everturn.AspNetCore.Workflows;

/// <summary>
/// <c>GET /workflows/{workflow}/instances/{id}/subscribe</c>: what happened to an instance and what happens, as
/// server-sent events, until it has ended (Cloudflare Workflows, <c>subscribe</c>).
/// </summary>
internal static class SubscribeInstance
{
    public static async Task HandleAsync(WorkflowRequest request)
    {
        var key = request.Key();
        var options = new SubscribeOptions { Cursor = Cursor(request), Types = Types(request) };
        var stopping = request.Service<IHostApplicationLifetime>().ApplicationStopping;
        // A host that stops lets its readers go, who come back to the next one with their cursor.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stopping);
        // What cannot be read is answered as a problem, so it is looked for before the stream begins.
        await request.Engine.GetAsync(key, ending.Token).ConfigureAwait(false);
        var connections = request.Service<IOptions<StreamConnectionOptions>>().Value;
        var time = request.Service<TimeProvider>();
        var stream = new InstanceEventStream(
            new SseConnection(request.Http, options.Cursor, connections.DeadAfter, time),
            connections.PingInterval,
            time
        );
        try
        {
            await stream.WriteAsync(request.Engine, key, options, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Gone, or told to go: either way nobody waits for an end event.
        }
    }

    // The header wins: a browser that reconnects repeats the address it first had, and says in the header where it was.
    private static long Cursor(WorkflowRequest request) =>
        request.Http.Request.Headers.TryGetValue("Last-Event-ID", out var values)
        && values.ToString() is { Length: > 0 } id
            ? QueryReader.Number(id, "Last-Event-ID")
            : request.Query.Number("cursor") ?? 0;

    private static HashSet<InstanceLogEventType>? Types(WorkflowRequest request)
    {
        var types = request.Query.Text("filter")?.Split(',').Select(InstanceLogEventType.FromName).ToHashSet();
        return types is null || types.IsSubsetOf(InstanceLogEventType.All)
            ? types
            : throw new InvalidInputException(
                "filter",
                $"{types.First(type => !InstanceLogEventType.All.Contains(type))} is no type of event."
            );
    }
}
