using Everturn.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>DELETE /sessions/{sessionId}</c>: the session and all it holds.</summary>
internal static class DeleteSession
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var now = request.Service<TimeProvider>().GetUtcNow();
        var outcome = await request.Store.DeleteSessionAsync(key, now, request.Aborted).ConfigureAwait(false);
        if (outcome == SessionCommitOutcome.StatusConflict)
        {
            var run = await request.Store.GetCurrentRunAsync(key, request.Aborted).ConfigureAwait(false);
            throw new HttpProblemException(Problems.SessionRunning(key.SessionId, run?.RunId));
        }
        if (outcome != SessionCommitOutcome.Applied)
        {
            throw new SessionNotFoundException(key.SessionId);
        }
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
