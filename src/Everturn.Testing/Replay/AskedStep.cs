using Everturn.Workflows.Storage;

namespace Everturn.Testing.Replay;

/// <summary>A step that a replay asked for.</summary>
/// <param name="Key">The step.</param>
/// <param name="Arguments">What it was asked for with, as text: nothing of it is recorded.</param>
internal sealed record AskedStep(JournalKey Key, string Arguments)
{
    public string Name => Describe(Key);

    public static string Describe(JournalKey key) => $"{key.Kind} \"{key.Name}\" #{key.Ordinal}";
}
