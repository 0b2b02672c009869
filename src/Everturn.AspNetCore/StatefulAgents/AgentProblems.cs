using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>Which exception of the object host is which answer; the rest is <see cref="Problems"/>'s.</summary>
internal static class AgentProblems
{
    private const int RetryAfterSeconds = 1;

    /// <summary>Whether a repetition may succeed.</summary>
    public static bool IsPassing(Exception exception) =>
        exception is ObjectElsewhereException or ObjectOverloadedException or ObjectResetException;

    /// <summary>The answer to an exception.</summary>
    public static Problem From(Exception exception) =>
        IsPassing(exception)
            ? new(
                StatusCodes.Status503ServiceUnavailable,
                "object_unavailable",
                "The object cannot answer now",
                exception.Message
            )
            {
                RetryAfter = RetryAfterSeconds,
            }
            : Problems.From(exception);

    /// <summary>The answer to somebody who may not know whether the object is there.</summary>
    public static Problem NotFound(StatefulAgentId id) =>
        new(StatusCodes.Status404NotFound, "object_not_found", "No such object", $"There is no object '{id}'.");
}
