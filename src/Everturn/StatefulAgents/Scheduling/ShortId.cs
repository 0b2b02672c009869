using System.Security.Cryptography;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>Ids of schedules and queued items, unique within their object.</summary>
internal static class ShortId
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New() => RandomNumberGenerator.GetString(Letters, 9);
}
