using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A run's output as it travels.</summary>
internal static class RunOutput
{
    /// <summary>The output; null where there is no run or none yet.</summary>
    public static JsonElement? Of(RunRecord? run)
    {
        if (run?.Output is not { Length: > 0 } output)
        {
            return null;
        }
        var reader = new Utf8JsonReader(output.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
