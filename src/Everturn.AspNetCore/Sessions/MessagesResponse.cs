namespace Everturn.AspNetCore.Sessions;

/// <summary>Part of a session's transcript.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Offset">Index of the first one, from 0.</param>
/// <param name="Total">Length of the whole transcript.</param>
/// <param name="HasMore">Whether more follow.</param>
public sealed record MessagesResponse(IReadOnlyList<MessageView> Messages, int Offset, int Total, bool HasMore);
