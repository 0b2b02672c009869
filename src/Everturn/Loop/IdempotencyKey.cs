using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Everturn.Sessions;

namespace Everturn.Loop;

/// <summary>Keys of tool calls: derived from what names the call for ever, never random.</summary>
internal static class IdempotencyKey
{
    /// <param name="session">The session.</param>
    /// <param name="firstRunId">The run in which the step first began; a resume keeps it.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="index">The call's place in the step, from 0.</param>
    /// <param name="toolCallId">The model's id of the call.</param>
    public static string Of(SessionKey session, string firstRunId, int step, int index, string toolCallId) =>
        Convert.ToHexStringLower(
            SHA256
                .HashData(
                    Encoding.UTF8.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{session.Tenant}\n{session.SessionId}\n{firstRunId}\n{step}\n{index}\n{toolCallId}"
                        )
                    )
                )
                .AsSpan(0, 16)
        );
}
