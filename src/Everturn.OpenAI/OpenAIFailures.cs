using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using Everturn.Agents;
using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>The SDK's exceptions in the words that the agent's loop decides by.</summary>
internal static class OpenAIFailures
{
    /// <summary>Throws what the loop understands; returns where the original exception says it right.</summary>
    public static void ThrowTranslated(Exception exception, CancellationToken cancellationToken)
    {
        if (Translate(exception, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Compatible servers report an error in the middle of a stream as a chunk with nothing else in it.</summary>
    /// <exception cref="ModelRequestException">The chunk is such a report.</exception>
    public static void ThrowReported(Sdk.StreamingChatCompletionUpdate chunk)
    {
        if (!chunk.Patch.Contains("$.error"u8))
        {
            return;
        }

        var message = chunk.Patch.TryGetValue("$.error.message"u8, out string? text) ? text : "no message";
        throw new ModelRequestException(
            $"The model's service reported an error inside the stream: {message}",
            chunk.Patch.TryGetValue("$.error.code"u8, out int status) && status is >= 400 and < 600
                ? (HttpStatusCode)status
                : HttpStatusCode.InternalServerError
        );
    }

    private static Exception? Translate(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            OperationCanceledException when !cancellationToken.IsCancellationRequested => new TimeoutException(
                "The model's service did not answer in time.",
                exception
            ),
            ClientResultException { Status: > 0 } refusal => Refused(refusal),
            ClientResultException
            or IOException
            or HttpRequestException { StatusCode: null }
            and not ModelRequestException => new ModelRequestException(
                $"The connection to the model's service broke: {exception.Message}",
                innerException: exception
            ),
            _ => null,
        };

    private static ModelRequestException Refused(ClientResultException refusal) =>
        new(
            $"The model's service answered {refusal.Status}: {refusal.Message}",
            (HttpStatusCode)refusal.Status,
            refusal.GetRawResponse() is { } response ? RetryAfter(response.Headers) : null,
            refusal
        );

    // Seconds or a date; a date is counted from the server's own clock, which its Date header tells.
    private static TimeSpan? RetryAfter(PipelineResponseHeaders headers)
    {
        if (!headers.TryGetValue("Retry-After", out var value) || value is null)
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return
            DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var date)
            && headers.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var now)
            && date > now
            ? date - now
            : null;
    }
}
