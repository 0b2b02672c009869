using Anthropic.Exceptions;
using Everturn.Agents;

namespace Everturn.Anthropic;

/// <summary>
/// Turns an answer that is no success into an exception. It sits below the SDK because the SDK's exceptions leave out the
/// headers, and with them how long to wait.
/// </summary>
internal sealed class RefusalHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var refusal = AnthropicExceptionFactory.CreateApiException(response.StatusCode, body);
            throw new ModelRequestException(
                $"Anthropic answered {(int)response.StatusCode}: {AnthropicFailures.Describe(body)}",
                response.StatusCode,
                RetryAfter(response),
                refusal
            );
        }
    }

    // A date instead of seconds is counted from the server's own clock, which its Date header tells.
    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
            _ => null,
        };
}
