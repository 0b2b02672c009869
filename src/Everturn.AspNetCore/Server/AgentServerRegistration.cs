namespace Everturn.AspNetCore.Server;

/// <summary>A server that was registered, to be made when it is first needed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes it.</param>
internal sealed record AgentServerRegistration(string Name, Func<IServiceProvider, AgentServer> Create);
