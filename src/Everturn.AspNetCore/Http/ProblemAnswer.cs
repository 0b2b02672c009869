using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore;

/// <summary>Answers a request that failed.</summary>
internal static class ProblemAnswer
{
    /// <summary>Writes a problem in place of what the handler may have begun, and logs what nobody expected.</summary>
    /// <param name="http">The request.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="problem">What the caller is told of it.</param>
    public static async Task WriteAsync(HttpContext http, Exception exception, Problem problem)
    {
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Everturn.AspNetCore");
            Log.RequestFailed(logger, exception, http.Request.Path);
        }
        if (http.Response.HasStarted)
        {
            // Part of the answer is out: only a broken connection tells the reader that the rest is missing.
            http.Abort();
            return;
        }
        http.Response.Clear();
        await http.Response.WriteAsync(problem).ConfigureAwait(false);
    }
}
