using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>A message whose content is still encoded.</summary>
/// <param name="RunId">The run that added it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="Content">The content's column.</param>
internal readonly record struct StoredMessage(string? RunId, DateTimeOffset CreatedAt, byte[] Content)
{
    public AgentMessage Load(PayloadStore payloads) =>
        MessageJson.Decode(new EncodedMessage(payloads.Load(Content).Plain, RunId, CreatedAt));
}
