namespace Everturn.Sessions;

/// <summary>Part of a transcript.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Offset">Index of the first one, from 0.</param>
/// <param name="Total">Length of the whole transcript.</param>
public sealed record MessagePage(IReadOnlyList<AgentMessage> Messages, int Offset, int Total)
{
    /// <summary>Whether more follow.</summary>
    public bool HasMore => Offset + Messages.Count < Total;
}
