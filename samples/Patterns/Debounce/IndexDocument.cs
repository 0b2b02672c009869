using Everturn.Workflows;

namespace Patterns.Debounce;

/// <summary>
/// Debounce: waits until a document has been left alone for a while, however often it changes before, and then works
/// once. A document that never rests is indexed all the same after some changes.
/// </summary>
[Workflow("index-document")]
public sealed class IndexDocument(ISearchIndex index) : Workflow<string, int>
{
    private const int MaxChanges = 100;

    private static readonly WaitForEventOptions Quiet = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var changes = 0;
        try
        {
            while (changes < MaxChanges)
            {
                await step.WaitForEventAsync<string>("change", "changed", Quiet);
                changes++;
            }
        }
        catch (WorkflowTimeoutException)
        {
            // Nothing has changed for a while.
        }

        await step.DoAsync("index", token => index.UpdateAsync(trigger.Payload, token));
        return changes;
    }
}
