using Everturn.Agents;
using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Loop;

/// <summary>A host that was silent for so long that another one declared it dead, before it noticed.</summary>
public sealed class FencedHostTests
{
    private static readonly AgentDefinition<string> Writer = AgentDefinition.Create("writer").Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_accepts_a_run_and_leaves_it_to_the_living()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        await FenceAsync(host);

        var run = await host.Executor.ExecuteAsync(Writer, "Hi", new() { SessionId = "s" }, Token);

        run.Run.Status.ShouldBe(RunStatus.Running);
        run.Run.Owner.ShouldBeNull();
    }

    [Fact]
    public async Task It_creates_an_instance_and_leaves_it_to_the_living()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        await FenceAsync(host);
        var engine = host.Services.GetRequiredService<IWorkflowEngine>();

        var instance = await engine.CreateAsync(new(new("", "agent__writer", "i1")), Token);

        instance.IsOwned.ShouldBeFalse();
        instance.Status.ShouldBe(InstanceStatus.Queued);
    }

    private static async Task FenceAsync(AgentTestHost host)
    {
        var nodes = host.Services.GetRequiredService<InMemoryNodeDirectory>();
        nodes.MarkDead(nodes.Self);
        await nodes.Join().FenceDeadNodesAsync(Token);
    }
}
