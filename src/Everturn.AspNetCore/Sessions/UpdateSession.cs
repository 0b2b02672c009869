using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>PATCH /sessions/{sessionId}</c>: renames a session, or changes its labels; also while it runs.</summary>
internal static class UpdateSession
{
    private const int MaxBytes = 64 * 1024;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await JsonBody
            .ReadAsync(request.Http.Request, EverturnHttpJson.Default.UpdateSessionRequest, MaxBytes)
            .ConfigureAwait(false);
        var change = new SessionChange
        {
            Title = body.Title,
            UserId = body.UserId,
            Tags = body.Tags?.Select((tag, i) => tag ?? throw Missing($"tags[{i}]")).ToList(),
            Metadata = body.Metadata?.ToDictionary(
                entry => entry.Key,
                entry => entry.Value ?? throw Missing($"metadata.{entry.Key}")
            ),
        };
        if (change == new SessionChange())
        {
            throw new InvalidInputException(JsonBody.Field, "It has at least one of title, tags, metadata and userId.");
        }
        await MayHandOverAsync(request, change).ConfigureAwait(false);
        var result = await request
            .Store.CommitAsync(
                new()
                {
                    Session = key,
                    Kind = CommitKind.SessionUpdate,
                    At = request.Service<TimeProvider>().GetUtcNow(),
                    SessionChange = change,
                },
                request.Aborted
            )
            .ConfigureAwait(false);
        if (!result.IsApplied)
        {
            throw new SessionNotFoundException(key.SessionId);
        }
        await request
            .Response.WriteAsync(SessionView.Of(result.Session!), EverturnHttpJson.Default.SessionView)
            .ConfigureAwait(false);
    }

    private static async ValueTask MayHandOverAsync(SessionRequest request, SessionChange change)
    {
        if (change.UserId is not null && request.Loaded is { } session && change.UserId != session.UserId)
        {
            await request
                .Authorization.DemandAsync(
                    EverturnResource.Of(session),
                    EverturnAction.Operate,
                    Problems.SessionNotFound(session.Key.SessionId)
                )
                .ConfigureAwait(false);
        }
    }

    private static InvalidInputException Missing(string field) => new(field, "It is required.");
}
