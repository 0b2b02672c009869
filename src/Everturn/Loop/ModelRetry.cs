using System.Net;
using Everturn.Agents;
using Polly;
using Polly.Retry;

namespace Everturn.Loop;

/// <summary>The retry pipeline of model calls.</summary>
internal static class ModelRetry
{
    public static ResiliencePipeline<ModelReply> Build(ModelRetryOptions options, TimeProvider time)
    {
        if (options.MaxRetries == 0)
        {
            return ResiliencePipeline<ModelReply>.Empty;
        }

        var shouldRetry = options.ShouldRetry ?? IsTransient;
        return new ResiliencePipelineBuilder<ModelReply> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<ModelReply>
                {
                    MaxRetryAttempts = options.MaxRetries,
                    Delay = options.Delay,
                    MaxDelay = options.MaxDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    DelayGenerator = arguments =>
                        ValueTask.FromResult(AskedDelay(arguments.Outcome.Exception, options.MaxDelay)),
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            arguments.Outcome.Exception is { } exception
                                && !arguments.Context.CancellationToken.IsCancellationRequested
                                && IsOfModel(exception)
                                && shouldRetry(exception)
                        ),
                }
            )
            .Build();
    }

    // The store's failures and lost ownership are not the model's: repeating the call would not help.
    private static bool IsOfModel(Exception exception) => exception is not EverturnException;

    // A service that says when to come back knows better than a backoff; null leaves it to the backoff.
    private static TimeSpan? AskedDelay(Exception? exception, TimeSpan longest) =>
        exception is ModelRequestException { RetryAfter: { } asked } ? (asked < longest ? asked : longest) : null;

    private static bool IsTransient(Exception exception) =>
        exception switch
        {
            OperationCanceledException or ArgumentException or InvalidOperationException or NotSupportedException =>
                false,
            HttpRequestException { StatusCode: { } status } => status
                is HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError,
            _ => true,
        };
}
