using Everturn.Workflows;

namespace Patterns.RateLimit;

/// <summary>
/// Rate limit: so many a minute and no more. A batch is sent side by side, then the instance sleeps; after a crash the
/// rest of the minute is still slept.
/// </summary>
/// <remarks>
/// The rate is that of one instance. A concurrency limit would not hold several of them to it: a sleeping instance takes
/// no place. For one rate over all, give the sending to one instance that receives its work as events.
/// </remarks>
[Workflow("send-newsletter")]
public sealed class SendNewsletter(IMail mail) : Workflow<Newsletter, int>
{
    /// <summary>Mails that the service takes in a minute.</summary>
    public const int PerMinute = 50;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        WorkflowEvent<Newsletter> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var (text, receivers) = trigger.Payload;
        var sent = 0;
        foreach (var batch in receivers.Chunk(PerMinute))
        {
            if (sent > 0)
            {
                await step.SleepAsync("next minute", TimeSpan.FromMinutes(1));
            }

            await Task.WhenAll(
                batch.Select(receiver =>
                    step.DoAsync($"send to {receiver}", token => mail.SendAsync(receiver, text, token))
                )
            );
            sent += batch.Length;
        }

        return sent;
    }
}
