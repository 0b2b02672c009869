using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>A pending call whose content is still encoded.</summary>
/// <param name="Call">The call without content.</param>
/// <param name="Arguments">The arguments' column, or null.</param>
/// <param name="Response">The response's column, or null.</param>
internal sealed record StoredPendingCall(PendingCallRecord Call, byte[]? Arguments, byte[]? Response)
{
    public PendingCallRecord Load(PayloadStore payloads) =>
        Call with
        {
            Arguments = payloads.LoadOrEmpty(Arguments),
            Response = Response is null ? null : payloads.LoadOrNull(Response),
        };
}
