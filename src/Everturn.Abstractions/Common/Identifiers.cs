using System.Buffers;

namespace Everturn;

/// <summary>
/// The rules for names and ids. <c>__</c> is reserved in agent names and session ids, so that instance ids built from
/// them are injective.
/// </summary>
public static class Identifiers
{
    /// <summary>The longest agent name, in characters.</summary>
    public const int MaxAgentNameLength = 64;

    /// <summary>The longest session id, in characters.</summary>
    public const int MaxSessionIdLength = 128;

    /// <summary>The longest request id, in characters.</summary>
    public const int MaxRequestIdLength = 256;

    private static readonly SearchValues<char> AgentNameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-"
    );

    private static readonly SearchValues<char> SessionIdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@-"
    );

    /// <summary>Checks an agent name: <c>[a-z0-9-]{1,64}</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="field">The argument or JSON field it came from.</param>
    /// <exception cref="InvalidInputException">It is not an agent name.</exception>
    public static void CheckAgentName(string? name, string field)
    {
        if (
            string.IsNullOrEmpty(name)
            || name.Length > MaxAgentNameLength
            || name.AsSpan().ContainsAnyExcept(AgentNameCharacters)
        )
        {
            throw new InvalidInputException(field, "An agent name is 1 to 64 characters of a-z, 0-9 and '-'.");
        }
    }

    /// <summary>Checks a session id: 1 to 128 of <c>A-Z a-z 0-9 . _ : @ -</c>, without <c>__</c>.</summary>
    /// <param name="sessionId">The id.</param>
    /// <param name="field">The argument or JSON field it came from.</param>
    /// <exception cref="InvalidInputException">It is not a session id.</exception>
    public static void CheckSessionId(string? sessionId, string field)
    {
        if (
            string.IsNullOrEmpty(sessionId)
            || sessionId.Length > MaxSessionIdLength
            || sessionId.AsSpan().ContainsAnyExcept(SessionIdCharacters)
            || sessionId.Contains("__", StringComparison.Ordinal)
        )
        {
            throw new InvalidInputException(
                field,
                "A session id is 1 to 128 characters of A-Z, a-z, 0-9 and '._:@-', and does not contain '__'."
            );
        }
    }

    /// <summary>Checks a request id: 1 to 256 printable ASCII characters.</summary>
    /// <param name="requestId">The id.</param>
    /// <param name="field">The argument, header or JSON field it came from.</param>
    /// <exception cref="InvalidInputException">It is not a request id.</exception>
    public static void CheckRequestId(string? requestId, string field)
    {
        if (
            string.IsNullOrEmpty(requestId)
            || requestId.Length > MaxRequestIdLength
            || requestId.AsSpan().ContainsAnyExceptInRange(' ', '~')
        )
        {
            throw new InvalidInputException(field, "A request id is 1 to 256 printable ASCII characters.");
        }
    }
}
