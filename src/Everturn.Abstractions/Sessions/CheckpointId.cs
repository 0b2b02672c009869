using System.Globalization;
using System.Security.Cryptography;

namespace Everturn.Sessions;

/// <summary>Ids of checkpoints: <c>cpv1-{sessionId}-s{stepCount}-t{timestampMs}-{6 hex}</c> (Helix Agents, checkpoints).</summary>
public static class CheckpointId
{
    /// <summary>A new id.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="stepCount">The session's committed steps.</param>
    /// <param name="timestamp">When the checkpoint is taken.</param>
    public static string New(string sessionId, int stepCount, DateTimeOffset timestamp) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"cpv1-{sessionId}-s{stepCount}-t{timestamp.ToUnixTimeMilliseconds()}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}"
        );
}
