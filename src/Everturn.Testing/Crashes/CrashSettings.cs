using System.Globalization;

namespace Everturn.Testing.Crashes;

/// <summary>
/// At which point, and at which arrival there, a process ends or stops. Written as <c>step-model.after:2</c>, or as
/// <c>model-update:7</c> for a point in the middle of a model call: the seventh piece of an answer since start-up.
/// </summary>
/// <param name="Point">A point of <see cref="CrashPoints"/>; null for pieces of a model's answer.</param>
/// <param name="Arrival">Which arrival, from 1, counted from the start of the process.</param>
/// <param name="Mode">Whether it ends or stops there.</param>
public sealed record CrashSettings(CrashPoint? Point, int Arrival = 1, CrashMode Mode = CrashMode.Kill)
{
    /// <summary>The environment variable that names the point at which the process is killed.</summary>
    public const string KillVariable = "EVERTURN_CRASH_AT";

    /// <summary>The environment variable that names the point at which the process is stopped until SIGCONT.</summary>
    public const string StopVariable = "EVERTURN_STOP_AT";

    private const string ModelUpdate = "model-update";

    /// <summary>The name of the environment variable that asks for this.</summary>
    public string Variable => Mode == CrashMode.Kill ? KillVariable : StopVariable;

    /// <summary>What the process's environment asks for; null for nothing.</summary>
    /// <exception cref="InvalidInputException">It asks for something that does not exist.</exception>
    public static CrashSettings? FromEnvironment() =>
        Read(KillVariable, CrashMode.Kill) ?? Read(StopVariable, CrashMode.Stop);

    /// <summary>Reads a setting.</summary>
    /// <param name="text">For example <c>step-model.after:2</c>; without a number, the first arrival.</param>
    /// <param name="mode">Whether the process ends or stops there.</param>
    /// <exception cref="InvalidInputException">There is no such point, or the number is not one from 1.</exception>
    public static CrashSettings Parse(string text, CrashMode mode = CrashMode.Kill)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var arrival = 1;
        if (
            parts.Length > 2
            || (
                parts.Length == 2
                && !(
                    int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out arrival) && arrival > 0
                )
            )
        )
        {
            throw new InvalidInputException(
                nameof(text),
                $"'{text}' is not a crash point's name, ':' and a number from 1."
            );
        }

        return new(parts[0] == ModelUpdate ? null : CrashPoints.Parse(parts[0]), arrival, mode);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Point?.Name ?? ModelUpdate}:{Arrival}";

    private static CrashSettings? Read(string variable, CrashMode mode) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? Parse(text, mode) : null;
}
