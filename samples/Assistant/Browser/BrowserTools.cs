using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assistant.Browser;

/// <summary>The tool that the page executes: only the browser knows where its user is.</summary>
internal static class BrowserTools
{
    public const string TimeZoneName = "get_time_zone";

    /// <summary>How long a call waits for a page that is open.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(1);

    /// <summary>Its declaration. The page answers with a <see cref="TimeZoneResult"/>.</summary>
    public static readonly AIFunctionDeclaration TimeZone = AIFunctionFactory.CreateDeclaration(
        TimeZoneName,
        "The time zone of the user's browser, and its clock.",
        JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":false}""")
    );
}
