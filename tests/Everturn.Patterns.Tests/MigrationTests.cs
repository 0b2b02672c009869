using Everturn.Workflows;
using Patterns.Migration;

namespace Everturn.Patterns.Tests;

public sealed class MigrationTests : PatternTests
{
    [Fact]
    public async Task Three_generations_of_code_run_side_by_side_each_on_its_own_way()
    {
        var release = 0;
        await using var host = await StartAsync(everturn =>
        {
            // A host that starts after a crash is built anew: with the next release.
            _ = release == 0 ? everturn.AddWorkflow<ShipOrderV1BeforePatch>() : everturn.AddWorkflow<ShipOrderV1>();
            _ = release == 2 ? everturn.AddWorkflow<ShipOrderV2>() : everturn;
        });
        await using var orders = host.IntrospectAll("ship-order");
        for (release = 0; release < 3; release++)
        {
            await host.CrashAsync();
            await host.Client<string, string>("ship-order").CreateAsync("o", $"o{release}", cancellationToken: Token);
            await host.SettleAsync(Token);
        }

        foreach (var order in orders.Instances.Take(2))
        {
            await order.Instance.SendEventAsync("picked-up", "now", Token);
            await order.WaitForStatusAsync(InstanceStatus.Complete, Token);
        }

        (await StepsAsync(orders.Instances[0])).ShouldBe(["pack", "pick-up", "hand over"]);
        (await StepsAsync(orders.Instances[1])).ShouldBe(["pack", "weigh parcels", "weigh", "pick-up", "hand over"]);
        (await StepsAsync(orders.Instances[2])).ShouldBe(["print label", "pack and weigh", "hand to carrier"]);
        World["pack"].ShouldBe(2);
        (await orders.Instances[2].DescribeAsync(Token)).Instance.DefinitionVersion.ShouldBe(2);
    }

    [Fact]
    public async Task The_newest_version_is_what_new_instances_get()
    {
        await using var host = await StartAsync();

        (await host.RunAsync<string, string>("ship-order", "o1", cancellationToken: Token)).ShouldBe("print label o1");
    }

    private static async Task<IEnumerable<string>> StepsAsync(
        Everturn.Testing.Introspection.InstanceIntrospector order
    ) => (await order.DescribeAsync(Token)).Steps.Select(step => step.Name);
}
