using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Objects;

/// <summary>State, its checks and its way to the clients.</summary>
public sealed class StateTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private AgentHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_state_is_there_after_a_restart()
    {
        (await _host.Get<Counter>("a").CallAsync(agent => agent.Add(3))).ShouldBe(3);
        await _host.DisposeAsync();
        _host = await StartAsync();

        (await _host.Get<Counter>("a").CallAsync(agent => agent.Add(4))).ShouldBe(7);
        (await _host.Get<Counter>("b").CallAsync(agent => agent.Add(1))).ShouldBe(1);
    }

    [Fact]
    public async Task A_new_connection_gets_identity_and_state_and_the_initial_state_only_once()
    {
        var first = await _host.ConnectAsync<Counter>("a", "one");

        first.Frames.ShouldBe([
            """{"type":"cf_agent_identity","name":"a","agent":"counter","stateFollows":true}""",
            """{"type":"cf_agent_state","state":{"count":0,"note":null}}""",
        ]);
    }

    [Fact]
    public async Task A_client_changes_the_state_and_the_others_are_told_but_not_itself()
    {
        var first = await _host.ConnectAsync<Counter>("a", "one");
        var second = await _host.ConnectAsync<Counter>("a", "two");

        await first.SetStateAsync("""{"count":5,"unknown":[1]}""");

        await Eventually.IsAsync(() => second.States.Count == 2);
        second.States[1].ShouldBe("""{"type":"cf_agent_state","state":{"count":5,"unknown":[1]}}""");
        first.States.Count.ShouldBe(1);
        (await _host.Get<Counter>("a").CallAsync(agent => agent.State!.Count)).ShouldBe(5);
        (await _host.Get<Counter>("a").CallAsync(agent => string.Join(',', agent.Heard))).ShouldContain("one:5");
    }

    [Fact]
    public async Task A_call_changes_the_state_as_the_server_so_that_the_caller_is_told_too()
    {
        var client = await _host.ConnectAsync<Counter>("a");

        (await (await client.CallAsync("add", "[2]")).Value).ShouldBe("2");

        client.States.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_state_changes_nothing_and_nobody_else_hears_of_it()
    {
        var first = await _host.ConnectAsync<Counter>("a", "one");
        var second = await _host.ConnectAsync<Counter>("a", "two");

        await first.SetStateAsync("""{"count":-1}""");
        await first.SetStateAsync("\"no state at all\"");

        await Eventually.IsAsync(() => first.Frames.Count == 4);
        first.Frames[2].ShouldBe("""{"type":"cf_agent_state_error","error":"State update rejected"}""");
        first.Frames[3].ShouldBe(first.Frames[2]);
        second.States.Count.ShouldBe(1);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            _host.Get<Counter>("a").CallAsync(agent => agent.Add(-1))
        );
        (await _host.Get<Counter>("a").CallAsync(agent => agent.State!.Count)).ShouldBe(0);
    }

    [Fact]
    public async Task A_read_only_connection_cannot_change_the_state_but_can_call()
    {
        var client = await _host.ConnectAsync<Counter>("a");
        client.Connection.Connection.IsReadOnly = true;

        await client.SetStateAsync("""{"count":1}""");
        (await (await client.CallAsync("add", "[1]")).ErrorAsync()).ShouldBe("Connection is readonly");
        (await (await client.CallAsync("nothing")).Value).ShouldBe("undefined");

        client.Frames[2].ShouldBe("""{"type":"cf_agent_state_error","error":"Connection is readonly"}""");
    }

    [Fact]
    public async Task Calls_answer_results_nulls_nothing_errors_and_streams()
    {
        var client = await _host.ConnectAsync<Counter>("a");

        (await (await client.CallAsync("returnNull")).Value).ShouldBe("null");
        (await (await client.CallAsync("nothing")).Value).ShouldBe("undefined");
        (await (await client.CallAsync("fail")).ErrorAsync()).ShouldBe("as asked");
        (await (await client.CallAsync("secret")).ErrorAsync()).ShouldBe("Method secret is not callable");
        (await (await client.CallAsync("other")).ErrorAsync()).ShouldBe("Method other does not exist");
        (await (await client.CallAsync("add", "[\"x\"]")).ErrorAsync()).ShouldContain("args[0]");
        var stream = await client.CallAsync("numbers", "[3]");
        (await stream.Value).ShouldBe("undefined");
        stream.Chunks.ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task Other_code_calls_by_name_what_clients_may_not()
    {
        var handle = _host.Agents.Get(new StatefulAgentId("counter", "a"));

        (await handle.CallAsync<int>("secret")).ShouldBe(42);
        (await handle.CallAsync<int>("add", [5])).ShouldBe(5);
        await Should.ThrowAsync<AgentMethodException>(() => handle.CallAsync<int>("missing"));
    }

    private Task<AgentHost> StartAsync() =>
        AgentHost.StartAsync(_directory.Path, builder => builder.AddStatefulAgent<Counter>(module: Counter.Module));
}
