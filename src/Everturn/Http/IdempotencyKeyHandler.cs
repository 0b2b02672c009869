using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Everturn.Agents;

namespace Everturn.Http;

/// <summary>
/// Gives requests that a tool makes the header <c>Idempotency-Key</c>, so that a service that knows it does the same
/// thing once however often the call is repeated. Outside of tools, for safe methods, and where the header is set, a
/// request stays as it is. Add it to an HTTP client: <c>AddHttpMessageHandler</c>, or as its handler.
/// </summary>
/// <remarks>
/// A key is the call's <see cref="ToolContext.IdempotencyKey"/> with a hash of method and address, and the number of the
/// request where a call makes the same one more than once: services refuse a key that comes with another request.
/// </remarks>
public sealed class IdempotencyKeyHandler : DelegatingHandler
{
    private const string Header = "Idempotency-Key";

    private static readonly ConditionalWeakTable<ToolContext, Dictionary<string, int>> Made = [];

    /// <summary>For a client factory, which sets the inner handler.</summary>
    public IdempotencyKeyHandler() { }

    /// <summary>With the handler that sends.</summary>
    /// <param name="inner">The handler.</param>
    public IdempotencyKeyHandler(HttpMessageHandler inner)
        : base(inner) { }

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ToolContext.Current is { } call && !IsSafe(request.Method) && !request.Headers.Contains(Header))
        {
            request.Headers.TryAddWithoutValidation(Header, KeyOf(call, request));
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static string KeyOf(ToolContext call, HttpRequestMessage request)
    {
        var target = Encoding.UTF8.GetBytes($"{request.Method} {request.RequestUri}");
        var key = $"{call.IdempotencyKey}-{Convert.ToHexStringLower(SHA256.HashData(target).AsSpan(0, 4))}";
        var made = Made.GetValue(call, static _ => new(StringComparer.Ordinal));
        lock (made)
        {
            var number = made[key] = made.GetValueOrDefault(key) + 1;
            return number == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}-{number}");
        }
    }

    private static bool IsSafe(HttpMethod method) =>
        method == HttpMethod.Get
        || method == HttpMethod.Head
        || method == HttpMethod.Options
        || method == HttpMethod.Trace;
}
