using System.Net;
using System.Text.Json;
using Anthropic.Exceptions;
using Everturn.Agents;

namespace Everturn.Anthropic;

/// <summary>The SDK's exceptions in the words that the agent's loop decides by.</summary>
internal static class AnthropicFailures
{
    // Anthropic API, "Errors": overloaded_error has a status of its own.
    private const HttpStatusCode Overloaded = (HttpStatusCode)529;
    private const int LongestDescription = 500;

    /// <summary>Throws what the loop understands; returns where the original exception says it right.</summary>
    public static void ThrowTranslated(Exception exception, CancellationToken cancellationToken)
    {
        if (Translate(exception, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The error's message where the body has one, else the body's beginning.</summary>
    public static string Describe(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement.TryGetProperty("error", out var error)
                && error.TryGetProperty("type", out var type)
                && error.TryGetProperty("message", out var message)
            )
            {
                return $"{message} ({type})";
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A proxy answered instead of the API: whatever it said is the best there is.
        }

        return body.Length <= LongestDescription ? body : body[..LongestDescription];
    }

    private static Exception? Translate(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            OperationCanceledException when !cancellationToken.IsCancellationRequested => new TimeoutException(
                "Anthropic did not answer in time.",
                exception
            ),
            AnthropicIOException io => Find(io) ?? Broken(io),
            AnthropicSseException sse => new ModelRequestException(
                $"Anthropic reported an error inside the stream: {sse.Message}",
                Status(sse.Type?.Raw()),
                retryAfter: null,
                sse
            ),
            AnthropicInvalidDataException or IOException => Broken(exception),
            _ => null,
        };

    private static ModelRequestException? Find(Exception exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is ModelRequestException refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static ModelRequestException Broken(Exception exception) =>
        new($"The connection to Anthropic broke: {exception.Message}", innerException: exception);

    private static HttpStatusCode Status(string? type) =>
        type switch
        {
            "invalid_request_error" => HttpStatusCode.BadRequest,
            "authentication_error" => HttpStatusCode.Unauthorized,
            "billing_error" => HttpStatusCode.PaymentRequired,
            "permission_error" => HttpStatusCode.Forbidden,
            "not_found_error" => HttpStatusCode.NotFound,
            "request_too_large" => HttpStatusCode.RequestEntityTooLarge,
            "rate_limit_error" => HttpStatusCode.TooManyRequests,
            "timeout_error" => HttpStatusCode.GatewayTimeout,
            "overloaded_error" => Overloaded,
            _ => HttpStatusCode.InternalServerError,
        };
}
