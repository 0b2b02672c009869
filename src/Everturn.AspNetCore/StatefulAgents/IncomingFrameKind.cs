namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>What a client sent.</summary>
internal enum IncomingFrameKind
{
    Text,
    Binary,
    Close,
    TooLarge,
}
