using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>The content of a pending call, encoded.</summary>
/// <param name="Arguments">The arguments.</param>
/// <param name="Response">The answer, if there is one.</param>
internal readonly record struct PendingCallContent(StoredPayload Arguments, StoredPayload Response)
{
    public static PendingCallContent Of(PendingCallRecord call, PayloadStore payloads) =>
        new(payloads.Prepare(call.Arguments, ContentFormat.Json), payloads.Prepare(call.Response, ContentFormat.Json));
}
