using Everturn.Storage;

namespace Everturn.Testing.Crashes;

/// <summary>All crash points: every durable write there is, at each of its moments.</summary>
public static class CrashPoints
{
    /// <summary>Every point. Which of them a program reaches depends on what it does; see <see cref="CrashObserver.Arrivals"/>.</summary>
    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        .. Enum.GetValues<CommitKind>()
            .SelectMany(kind => Enum.GetValues<CommitPhase>().Select(phase => new CrashPoint(kind, phase))),
    ];

    private static readonly Dictionary<string, CrashPoint> ByName = All.ToDictionary(
        point => point.Name,
        StringComparer.Ordinal
    );

    /// <summary>The point with a name.</summary>
    /// <param name="name">For example <c>step-model.after</c>.</param>
    /// <exception cref="InvalidInputException">No point has this name.</exception>
    public static CrashPoint Parse(string name) =>
        ByName.TryGetValue(name, out var point)
            ? point
            : throw new InvalidInputException(nameof(name), $"There is no crash point '{name}'.");
}
