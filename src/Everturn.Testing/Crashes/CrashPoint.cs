using System.Text.Json;
using Everturn.Storage;

namespace Everturn.Testing.Crashes;

/// <summary>A place where a process can be killed: a durable write and a moment in it.</summary>
/// <param name="Kind">Which write.</param>
/// <param name="Phase">Before it, inside its transaction, or after it is durable and before anybody was told.</param>
public sealed record CrashPoint(CommitKind Kind, CommitPhase Phase)
{
    /// <summary>The point's name, for example <c>step-model.after</c>.</summary>
    public string Name => $"{Kebab(Kind)}.{Kebab(Phase)}";

    /// <inheritdoc />
    public override string ToString() => Name;

    private static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
