using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>Hosts with the scripted workflow.</summary>
public abstract class WorkflowKitTests
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static Task<WorkflowTestHost> StartAsync(Script script) =>
        WorkflowTestHost.StartAsync(
            everturn => everturn.AddWorkflow<ScriptedWorkflow>().Services.AddSingleton(script),
            cancellationToken: Token
        );

    protected static Task<WorkflowInstance> CreateAsync(WorkflowTestHost host, string id = "i") =>
        host.Client<string, string>("scripted").CreateAsync("", id, cancellationToken: Token);
}
