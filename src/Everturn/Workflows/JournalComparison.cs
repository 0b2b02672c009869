using System.Globalization;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Errors for a journal that does not fit the code.</summary>
internal static class JournalComparison
{
    public static string Describe(string kind, string name) => $"{kind} \"{name}\"";

    public static InstanceError Result(JournalRecord recorded, bool asksForStream) =>
        JournalMismatch.Error(
            Describe(recorded.Key),
            asksForStream ? "a value" : "a stream",
            asksForStream ? "a stream" : "a value"
        );

    public static InstanceError EventType(JournalRecord recorded, string? asked) =>
        JournalMismatch.Error(
            Describe(recorded.Key),
            $"a wait for \"{recorded.EventType}\"",
            $"a wait for \"{asked}\""
        );

    public static InstanceError Kind(JournalRecord recorded, JournalKey asked) =>
        JournalMismatch.Error(
            $"\"{asked.Name}\"",
            $"{Describe(recorded.Key)} ({recorded.Outcome.ToString().ToLowerInvariant()})",
            Describe(asked)
        );

    public static InstanceError LeftOver(JournalRecord recorded, JournalKey? asked) =>
        JournalMismatch.Error(
            Describe(recorded.Key),
            $"this step ({recorded.Outcome.ToString().ToLowerInvariant()})",
            asked is { } key ? Describe(key) : "the end of the workflow"
        );

    private static string Describe(JournalKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.Kind} \"{key.Name}\" #{key.Ordinal}");
}
