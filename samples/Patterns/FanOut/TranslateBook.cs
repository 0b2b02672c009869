using Everturn.Workflows;

namespace Patterns.FanOut;

/// <summary>
/// Fan-out and fan-in: parts are worked on side by side, each a step of its own, so that a crash or a retry repeats one
/// part and not the whole.
/// </summary>
[Workflow("translate-book")]
public sealed class TranslateBook(ITranslator translator) : Workflow<string, int>
{
    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var chapters = await step.DoAsync("split", token => translator.SplitAsync(trigger.Payload, token));
        var words = await Task.WhenAll(
            chapters.Select(chapter =>
                step.DoAsync($"translate {chapter}", token => translator.TranslateAsync(chapter, token))
            )
        );
        return words.Sum();
    }
}
