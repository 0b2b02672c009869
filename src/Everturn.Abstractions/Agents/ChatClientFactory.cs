using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>
/// Gives the chat client of an execution (Helix Agents, <c>LLMAdapterFactory</c>). Called once per execution, before its
/// first model call, and again where another process goes on with the run. Whoever made the client disposes it: one
/// that shall end with the execution is best taken from <paramref name="services"/>.
/// </summary>
/// <param name="services">Services of the execution's scope.</param>
/// <param name="context">The execution.</param>
public delegate IChatClient ChatClientFactory(IServiceProvider services, ChatClientContext context);
