using Everturn.Usage;

namespace Everturn.AspNetCore.Server;

/// <summary>
/// Gives the usage store of a server (Helix Agents, <c>UsageStoreFactory</c>). The session store keeps usage in any case;
/// this one gets the entries of a run when the run has ended, at least once, and answers <c>/usage</c>. It tells a
/// repeated entry by its id.
/// </summary>
/// <param name="services">Services of a scope.</param>
public delegate IUsageStore UsageStoreFactory(IServiceProvider services);
