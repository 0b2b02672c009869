using System.Globalization;
using Assistant.Documents;
using Assistant.Models;

namespace Assistant;

/// <summary>What the sample can be told from outside.</summary>
/// <param name="DataDirectory">Where sessions live: <c>--Everturn:DataDirectory</c>.</param>
/// <param name="Documents">The Markdown to answer from: <c>--Assistant:Documents</c>.</param>
/// <param name="Model">Which model answers: environment <c>ANTHROPIC_API_KEY</c>, <c>OPENAI_API_KEY</c> and theirs.</param>
/// <param name="TokenDelay">Pause of the offline model per token: environment <c>EVERTURN_OFFLINE_DELAY_MS</c>.</param>
internal sealed record AssistantSettings(
    string DataDirectory,
    DocumentFolder Documents,
    ModelChoice Model,
    TimeSpan TokenDelay
)
{
    public const string DataDirectoryKey = "Everturn:DataDirectory";
    public const string DocumentsKey = "Assistant:Documents";
    public const string TokenDelayKey = "EVERTURN_OFFLINE_DELAY_MS";

    /// <summary>Where mail goes: the folder <c>outbox</c> of the data.</summary>
    public string Outbox => Path.Combine(DataDirectory, "outbox");

    // About the pace of a hosted model: slow enough to watch, and to kill the process in the middle of an answer.
    private const int DefaultTokenDelay = 20;
    private const int LongestTokenDelay = 60_000;

    public static AssistantSettings From(IConfiguration configuration)
    {
        var repository = Repository.Find();
        return new(
            configuration[DataDirectoryKey] is { Length: > 0 } data ? Path.GetFullPath(data) : DefaultData(repository),
            configuration[DocumentsKey] is { Length: > 0 } documents
                ? DocumentFolder.Everything(Path.GetFullPath(documents))
                : DefaultDocuments(repository),
            ModelChoice.From(configuration),
            Delay(configuration[TokenDelayKey])
        );
    }

    private static string DefaultData(string? repository) =>
        repository is null
            ? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
                "Everturn",
                "Assistant"
            )
            : Path.Combine(repository, "samples", "Assistant", "data");

    private static DocumentFolder DefaultDocuments(string? repository) =>
        repository is null
            ? throw new InvalidOperationException($"Say where the documents are: --{DocumentsKey} <folder>.")
            : new DocumentFolder(repository, ["README.md"], ["docs"]);

    private static TimeSpan Delay(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return TimeSpan.FromMilliseconds(DefaultTokenDelay);
        }

        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= LongestTokenDelay
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new InvalidOperationException(
                $"{TokenDelayKey} is a number of milliseconds from 0 to {LongestTokenDelay}, not '{text}'."
            );
    }
}
