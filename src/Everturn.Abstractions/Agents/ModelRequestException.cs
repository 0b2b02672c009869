using System.Net;

namespace Everturn.Agents;

/// <summary>
/// A model's service refused a request, or its reply broke off. Not an <see cref="EverturnException"/>: it is thrown by
/// chat clients, and the loop repeats it by its status like any other <see cref="HttpRequestException"/>.
/// </summary>
/// <param name="message">What happened, with what the service said.</param>
/// <param name="status">
/// The status of the answer, or the one that stands for an error reported inside a stream; null where the connection
/// broke, which is worth repeating.
/// </param>
/// <param name="retryAfter">How long the service asks to wait; null if it does not say.</param>
/// <param name="innerException">The exception of the vendor's SDK.</param>
public sealed class ModelRequestException(
    string message,
    HttpStatusCode? status = null,
    TimeSpan? retryAfter = null,
    Exception? innerException = null
) : HttpRequestException(message, innerException, status)
{
    /// <summary>How long the service asks to wait before the next request; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
