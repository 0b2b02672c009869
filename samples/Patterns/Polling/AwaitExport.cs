using Everturn.Workflows;

namespace Patterns.Polling;

/// <summary>
/// Polling: asks again and again, with longer waits each time, and gives up in the end. Between two questions nothing of
/// the instance is in memory.
/// </summary>
[Workflow("await-export")]
public sealed class AwaitExport(IExports exports) : Workflow<string, string>
{
    private const int MaxQuestions = 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var number = await step.DoAsync("begin", token => exports.BeginAsync(trigger.Payload, token));
        var wait = TimeSpan.FromSeconds(15);
        for (var question = 1; question <= MaxQuestions; question++)
        {
            await step.SleepAsync("wait", wait);
            if (await step.DoAsync("ask", token => exports.FindAsync(number, token)) is { } address)
            {
                return address;
            }

            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }

        throw new NonRetryableException($"Export {number} was not ready after {MaxQuestions} questions.");
    }
}
