using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>How long an instance is kept: milliseconds or a text such as <c>"3 days"</c>, each absent for what its workflow says.</summary>
public sealed record RetentionRequest
{
    /// <summary>After completion.</summary>
    public JsonElement? SuccessRetention { get; init; }

    /// <summary>After an error or termination.</summary>
    public JsonElement? ErrorRetention { get; init; }

    /// <exception cref="InvalidInputException">One of them is no length of time.</exception>
    internal InstanceRetention Read(InstanceRetention otherwise, string field) =>
        new()
        {
            Success = Read(SuccessRetention, $"{field}.successRetention") ?? otherwise.Success,
            Error = Read(ErrorRetention, $"{field}.errorRetention") ?? otherwise.Error,
        };

    private static TimeSpan? Read(JsonElement? value, string field)
    {
        switch (value)
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.String or JsonValueKind.Number } time:
                try
                {
                    return WorkflowSleepDuration.Parse(time.ToString()).Value;
                }
                catch (InvalidInputException exception)
                {
                    throw new InvalidInputException(field, exception.Detail);
                }
            default:
                throw new InvalidInputException(field, "It is a number of ms or a text like \"3 days\".");
        }
    }
}
