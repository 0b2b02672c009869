namespace Everturn.Agents;

/// <summary>What a factory may know about the run that it makes an agent for.</summary>
/// <param name="Services">The application's services, not of a scope: what is taken from them lives as long as the application.</param>
/// <param name="SessionId">The session.</param>
/// <param name="RunId">The run.</param>
/// <param name="UserId">Whose session it is; null if nobody said.</param>
public sealed record AgentFactoryContext(
    IServiceProvider Services,
    string SessionId,
    string RunId,
    string? UserId = null
);
