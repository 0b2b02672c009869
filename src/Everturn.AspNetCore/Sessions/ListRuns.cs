using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/runs</c>: one record per run.</summary>
internal static class ListRuns
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var page = request.Query.Page();
        await request.SessionAsync(key).ConfigureAwait(false);
        var runs = await request.Store.ListRunsAsync(key, page, request.Aborted).ConfigureAwait(false);
        var queue = await WaitingAsync(request, key, runs.Items).ConfigureAwait(false);
        var response = new RunsResponse(
            [.. runs.Items.Select(run => View(run, queue))],
            runs.NextCursor is not null,
            runs.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.RunsResponse).ConfigureAwait(false);
    }

    // A message that waits is in no transcript yet. Whoever accepted it a moment ago shows it; so can everybody else.
    private static async ValueTask<IReadOnlyList<QueuedRun>> WaitingAsync(
        SessionRequest request,
        SessionKey key,
        IReadOnlyList<RunRecord> runs
    )
    {
        return runs.Any(run => run.Status == RunStatus.Queued)
            ? await request.Store.GetQueueAsync(key, request.Aborted).ConfigureAwait(false)
            : [];
    }

    private static RunView View(RunRecord run, IReadOnlyList<QueuedRun> queue) =>
        queue.FirstOrDefault(queued => queued.RunId == run.RunId) is { } waiting
            ? RunView.Of(run) with
            {
                Message = Text(waiting),
                DoubleTexting = waiting.Policy.Value,
            }
            : RunView.Of(run);

    private static string Text(QueuedRun queued) =>
        string.Join("\n\n", queued.Messages.Where(IsShown).Select(message => message.Content));

    private static bool IsShown(AgentMessage message) =>
        message is { Role: var role, Content.Length: > 0 }
        && role == MessageRole.User
        && !MessageView.Of(message).Hidden;
}
