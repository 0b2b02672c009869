using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>Checks of fields that several inputs have.</summary>
internal static class InputChecks
{
    public static void Id(string? id, string field)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 256 || id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new InvalidInputException(field, "It is 1 to 256 printable ASCII characters.");
        }
    }

    public static void Step(int step)
    {
        if (step < 1)
        {
            throw new InvalidInputException("step", "Steps are counted from 1.");
        }
    }

    public static void Text(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidInputException(field, "It says something.");
        }
    }

    public static void Ended(RunStatus status)
    {
        if (string.IsNullOrEmpty(status.Value) || !status.IsEnded)
        {
            throw new InvalidInputException("status", "It is the status of a run that ended.");
        }
    }

    public static void Json(JsonElement value, string field)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            throw new InvalidInputException(field, "It is a JSON value.");
        }
    }
}
