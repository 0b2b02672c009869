using System.Diagnostics;
using System.Diagnostics.Metrics;
using Everturn.Usage;

namespace Everturn.Diagnostics;

/// <summary>Metrics of model calls, by OpenTelemetry's semantic conventions for generative AI.</summary>
internal static class GenAiInstruments
{
    private static readonly Histogram<double> OperationDuration = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "gen_ai.client.operation.duration",
        "s",
        "Duration of a model call."
    );

    private static readonly Histogram<long> TokenUsage = EverturnDiagnostics.Meter.CreateHistogram<long>(
        "gen_ai.client.token.usage",
        "{token}",
        "Tokens of a model call."
    );

    public static void Duration(TimeSpan duration, in TagList tags) =>
        OperationDuration.Record(duration.TotalSeconds, tags);

    public static void Tokens(TokenUsage? tokens, in TagList tags)
    {
        if (tokens is null || !TokenUsage.Enabled)
        {
            return;
        }

        Record(tokens.Prompt, "input", tags);
        Record(tokens.Completion, "output", tags);
    }

    private static void Record(long count, string type, TagList tags)
    {
        tags.Add(GenAiTags.TokenType, type);
        TokenUsage.Record(count, tags);
    }
}
