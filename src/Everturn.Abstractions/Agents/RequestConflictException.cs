namespace Everturn.Agents;

/// <summary>The request id was used before with another body. Over HTTP: 422.</summary>
/// <param name="requestId">The id.</param>
public sealed class RequestConflictException(string requestId)
    : EverturnException($"Request id '{requestId}' was used before with another body. Use a new id.")
{
    /// <summary>The id.</summary>
    public string RequestId { get; } = requestId;
}
