using System.Diagnostics;
using Everturn.StatefulAgents.Tests.Fixtures;
using Everturn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.StatefulAgents.Tests.Diagnostics;

/// <summary>Spans, metrics and logs of what happens to an object (Cloudflare Agents, observability).</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly string _agent = $"worker-{Guid.NewGuid():n}";
    private readonly TempDirectory _directory = new();
    private readonly WorkerScript _script = new();
    private readonly TelemetryRecorder _recorder;
    private AgentHost _host = null!;

    public TelemetryTests() => _recorder = new(_agent);

    public async ValueTask InitializeAsync() =>
        _host = await AgentHost.StartAsync(
            _directory.Path,
            builder =>
            {
                builder.Services.AddSingleton(_script);
                builder.AddStatefulAgent<Worker>(_agent, Worker.Module);
            },
            new VirtualTimeProvider()
        );

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _directory.Dispose();
        _recorder.Dispose();
    }

    [Fact]
    public async Task A_call_and_the_start_that_it_causes_are_in_the_callers_trace()
    {
        using (var request = _recorder.Request())
        {
            await Get().CallAsync(agent => agent.SetState(new CounterState(1)));
            await Eventually.IsAsync(() => _recorder.Spans("agent.call").Count == 1);

            var start = _recorder.Spans("agent.start").ShouldHaveSingleItem();
            var call = _recorder.Spans("agent.call").ShouldHaveSingleItem();
            (start.ParentSpanId, call.ParentSpanId).ShouldBe((request.SpanId, request.SpanId));
            call.GetTagItem("everturn.object").ShouldBe("w");
            call.Kind.ShouldBe(ActivityKind.Server);
            call.Events.ShouldHaveSingleItem().Name.ShouldBe("state");
        }

        _recorder.Count("everturn.objects.activation.duration").ShouldBe(1);
        _recorder.Sum("everturn.objects.calls").ShouldBe(1);
        _recorder.Sum("everturn.objects.state_updates").ShouldBe(1);
        (_host.Log.Count(2310), _host.Log.Count(2311)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_start_that_fails_and_a_call_that_fails_have_spans_that_say_why()
    {
        _script.OnStart = _ => throw new InvalidOperationException("not today");
        await Should.ThrowAsync<InvalidOperationException>(() => Get().CallAsync(_ => { }));
        _script.OnStart = _ => Task.CompletedTask;
        _script.Act = (_, _, _) => throw new InvalidOperationException("as asked");
        var client = await ConnectAsync();

        await Should.ThrowAsync<InvalidOperationException>(async () => await (await client.CallAsync("act2")).Value);
        await Eventually.IsAsync(() => _recorder.Spans("agent.call").Count == 1);

        Error(_recorder.Spans("agent.start")[0]).ShouldBe("not today");
        var call = _recorder.Spans("agent.call").ShouldHaveSingleItem();
        Error(call).ShouldBe("as asked");
        call.GetTagItem("rpc.method").ShouldBe("act2");
        call.GetTagItem("everturn.connection").ShouldBe("c1");
        _recorder.Sum("everturn.objects.call_errors").ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_has_spans_from_connect_to_disconnect_and_is_counted_as_long_as_it_is_open()
    {
        var client = await ConnectAsync();
        var other = await ConnectAsync("c2");
        _recorder.Sum("everturn.objects.connections").ShouldBe(2);
        await client.SendAsync("hello");
        await client.SetStateAsync("""{"count":1}""");

        await client.Connection.CloseAsync(new CloseInfo(1000, "", WasClean: true));

        await Eventually.IsAsync(() => _recorder.Spans("agent.disconnect").Count == 1);
        _recorder.Sum("everturn.objects.connections").ShouldBe(1);
        _recorder.Spans("agent.connect").Count.ShouldBe(2);
        _recorder.Spans("agent.message").ShouldHaveSingleItem().GetTagItem("everturn.connection").ShouldBe("c1");
        _recorder.Spans("agent.state").ShouldHaveSingleItem().Events.ShouldHaveSingleItem().Name.ShouldBe("state");
        _recorder.Spans("agent.disconnect")[0].GetTagItem("everturn.close.code").ShouldBe(1000);
        (_host.Log.Count(2308), _host.Log.Count(2309)).ShouldBe((2, 1));

        // One that the object drops is not open any more either, whether its client answers or not.
        await Should.ThrowAsync<ObjectResetException>(() => Get().CallAsync(agent => agent.AbortNow("enough")));
        await Eventually.IsAsync(() => other.Closed is not null);
        await other.Connection.CloseAsync(new CloseInfo(1012, "", WasClean: true));
        _recorder.Sum("everturn.objects.connections").ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_whose_hook_throws_is_not_counted()
    {
        _script.OnConnect = (_, _) => throw new InvalidOperationException("go away");

        await Should.ThrowAsync<InvalidOperationException>(() => ConnectAsync());

        _recorder.Sum("everturn.objects.connections").ShouldBe(0);
        await Eventually.IsAsync(() => _recorder.Spans("agent.connect").Count == 1);
        Error(_recorder.Spans("agent.connect")[0]).ShouldBe("go away");
    }

    [Fact]
    public async Task An_alarm_has_a_span_with_one_for_each_schedule_and_says_how_late_it_was()
    {
        var schedule = await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "x"));
        _host.Time.Advance(TimeSpan.FromSeconds(3));

        await Eventually.IsAsync(() => _recorder.Spans("agent.alarm").Count == 1);

        var alarm = _recorder.Spans("agent.alarm").ShouldHaveSingleItem();
        var span = _recorder.Spans("agent.schedule").ShouldHaveSingleItem();
        span.ParentSpanId.ShouldBe(alarm.SpanId);
        (span.GetTagItem("everturn.callback"), span.GetTagItem("everturn.schedule")).ShouldBe(("record", schedule.Id));
        span.GetTagItem("everturn.schedule.type").ShouldBe("delayed");
        _recorder.Sum("everturn.objects.schedules").ShouldBe(1);
        _recorder.Count("everturn.objects.alarms.late").ShouldBe(1);
        _recorder.Sum("everturn.objects.alarms.late").ShouldBeInRange(0, 2);
        (_host.Log.Count(2320), _host.Log.Count(2329)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Retries_and_failures_of_an_item_are_counted_and_its_span_says_why()
    {
        _script.Act = (_, _, _) => throw new InvalidOperationException("as asked");
        await Get()
            .CallAsync(agent =>
                agent.Queue.Add(
                    "act",
                    "x",
                    new()
                    {
                        MaxAttempts = 3,
                        BaseDelay = TimeSpan.FromMilliseconds(1),
                        MaxDelay = TimeSpan.FromMilliseconds(1),
                    }
                )
            );

        await _host.AdvanceUntilAsync(() => Task.FromResult(_recorder.Spans("agent.queue").Count == 1));

        Error(_recorder.Spans("agent.queue")[0]).ShouldBe("as asked");
        _recorder.Spans("agent.queue")[0].GetTagItem("everturn.callback").ShouldBe("act");
        _recorder.Sum("everturn.objects.queue_items").ShouldBe(1);
        _recorder.Sum("everturn.objects.callback_retries").ShouldBe(2);
        _recorder.Sum("everturn.objects.callback_errors").ShouldBe(1);
        (_host.Log.Count(2326), _host.Log.Count(2327), _host.Log.Count(2328)).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task An_object_that_is_destroyed_says_so()
    {
        await Get().CallAsync(agent => agent.DestroyAsync());

        await Eventually.IsAsync(() => _host.Log.Count(2300) == 1);
        _host.Log.Entries.Single(entry => entry.Event == 2300).Text.ShouldContain("Destroyed");
    }

    private static string? Error(Activity span)
    {
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe(typeof(InvalidOperationException).FullName);
        return span.StatusDescription;
    }

    private StatefulAgentHandle<Worker> Get() => _host.Get<Worker>("w");

    private Task<ClientSocket> ConnectAsync(string id = "c1") => _host.ConnectAsync<Worker>("w", id);
}
