using System.Net;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Client;

/// <summary>The server refused a request (RFC 9457).</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="problem">What it said; null where it said nothing that is understood.</param>
internal sealed class ServerProblemException(HttpStatusCode status, ProblemBody? problem)
    : EverturnException(Text(status, problem))
{
    public HttpStatusCode Status { get; } = status;

    public ProblemBody? Problem { get; } = problem;

    public int ExitCode =>
        Status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => CommandLine.ExitCode.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => CommandLine.ExitCode.Forbidden,
            HttpStatusCode.Conflict => CommandLine.ExitCode.Conflict,
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => CommandLine.ExitCode.Unavailable,
            _ => CommandLine.ExitCode.Usage,
        };

    private static string Text(HttpStatusCode status, ProblemBody? problem)
    {
        if (status == HttpStatusCode.Unauthorized && problem?.Detail is null)
        {
            return $"The server asks who you are. Set {GlobalOptions.ApiKeyVariable} or --api-key.";
        }
        if (problem?.Detail is not { } detail)
        {
            return $"The server answered {(int)status} {status}. Is --url the prefix of Everturn's endpoints?";
        }
        var field = problem.Field is { } name && name != "body" ? $"{name}: " : "";
        return $"{field}{detail} ({problem.Code ?? status.ToString()})";
    }
}
