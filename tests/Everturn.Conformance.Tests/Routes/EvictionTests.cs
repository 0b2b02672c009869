using Everturn.Conformance.Host.Agents;
using Everturn.Conformance.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Conformance.Tests.Routes;

/// <summary>An object that leaves memory under sockets that are open (Durable Objects, hibernation).</summary>
public sealed class EvictionTests
{
    [Fact]
    public async Task DO_22_A_socket_outlives_its_objects_stay_in_memory_with_flag_and_state()
    {
        await using var host = await RouteHost.StartAsync(services: collection =>
            collection
                .AddEverturn()
                .AddStatefulAgent<TestProtocolMessagesAgent>()
                .ConfigureStatefulAgents(options => options.IdleTimeout = TimeSpan.FromMilliseconds(50))
        );
        const string path = "/agents/test-protocol-messages-agent/room";
        await using var silent = await RawClient.ConnectAsync(host.Address, path + "?protocol=false");
        await using var other = await RawClient.ConnectAsync(host.Address, path);
        await other.ReceiveAsync(3);
        (await silent.CallAsync("remember", "[\"me\"]"))["result"]!.GetValue<string>().ShouldBe("me");
        for (var round = 1; round <= 3; round++)
        {
            (await silent.CallAsync("setValue", "[0]"))["result"]!.GetValue<int>().ShouldBe(0);
            (await other.ReceiveAsync())["state"]!["value"]!.GetValue<int>().ShouldBe(0);
            await Eventually.HoldsAsync(() => Task.FromResult(host.WritingLogs.Length == 0));

            (await silent.CallAsync("setValue", $"[{round}]"))["result"]!.GetValue<int>().ShouldBe(round);
            (await other.ReceiveAsync())["state"]!["value"]!.GetValue<int>().ShouldBe(round);
            (await silent.CallAsync("recall"))["result"]!.GetValue<string>().ShouldBe("me");
            (await silent.CallAsync("isProtocolEnabled"))["result"]!.GetValue<bool>().ShouldBeFalse();
        }
    }
}
