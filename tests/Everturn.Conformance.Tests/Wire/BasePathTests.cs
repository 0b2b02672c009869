namespace Everturn.Conformance.Tests.Wire;

/// <summary>Paths of the application's own that lead to objects of its choice.</summary>
public sealed class BasePathTests(ConformanceServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_path_may_name_the_object()
    {
        var name = Frames.NewName();
        await using var client = await RawClient.ConnectAsync(server, $"/custom-state/{name}");

        var identity = await client.ReceiveAsync();

        ((string)identity["name"]!).ShouldBe(name);
        ((string)identity["agent"]!).ShouldBe("test-state-agent");
    }

    [Fact]
    public async Task The_server_may_choose_the_object()
    {
        await using var client = await RawClient.ConnectAsync(server, "/user");

        ((string)(await client.ReceiveAsync())["name"]!).ShouldBe("auth-user");
    }

    [Fact]
    public async Task No_choice_is_404()
    {
        (await server.Http.GetAsync("/by-query/state", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await RawClient.RefusalAsync(server, "/by-query")).ShouldBe(404);
    }

    [Fact]
    public async Task It_is_the_same_object_as_by_its_own_path()
    {
        var name = Frames.NewName();
        await using var custom = await RawClient.ConnectAsync(server, $"/custom-state/{name}");
        await custom.CallAsync("setCount", "[6]");

        (await server.Http.GetStringAsync($"/agents/test-state-agent/{name}/state", Token)).ShouldContain(
            "\"count\":6"
        );
        (await server.Http.GetStringAsync($"/custom-state/{name}/state", Token)).ShouldContain("\"count\":6");
    }

    [Fact]
    public async Task The_agent_sees_the_whole_path()
    {
        var name = Frames.NewName();
        await using var client = await RawClient.ConnectAsync(server, $"/custom-callable/{name}/a/b?x=1");

        (await client.CallAsync("connectionPath"))["result"]!
            .GetValue<string>()
            .ShouldBe($"/custom-callable/{name}/a/b");
    }

    [Fact]
    public async Task Identity_may_be_hidden_there_too()
    {
        await using var client = await RawClient.ConnectAsync(server, $"/custom-no-identity/{Frames.NewName()}");

        (await client.ReceiveAsync()).Type().ShouldBe("cf_agent_state");
    }

    [Fact]
    public async Task Two_choices_are_two_objects()
    {
        var (one, other) = (Frames.NewName(), Frames.NewName());
        await using var first = await RawClient.ConnectAsync(server, $"/by-query?user={one}");
        await using var second = await RawClient.ConnectAsync(server, $"/by-query?user={other}");
        await first.CallAsync("setCount", "[1]");

        (await second.ReceiveAsync(3))[1]["state"]!["count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task The_hooks_run_there_too()
    {
        (await RawClient.RefusalAsync(server, "/custom-state/forbidden")).ShouldBe(403);
        (await server.Http.GetAsync("/custom-state/forbidden/state", Token)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Forbidden
        );
    }
}
