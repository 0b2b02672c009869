using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Tests;

/// <summary>Pause, resume, terminate and restart over HTTP.</summary>
public sealed class InstanceStatusRouteTests
{
    [Fact]
    public async Task A_waiting_instance_is_paused_resumed_and_goes_on()
    {
        await using var host = await PlayedHost.StartAsync(WaitAsync);
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");

        var paused = await ChangeAsync(host, "a", """{"status":"pause"}""");
        paused.Text("status").ShouldBe("paused");
        paused.TryGetProperty("pausedAt", out _).ShouldBeTrue();
        using var sent = await host.Http.PostJsonAsync(PlayedHost.Instances + "/a/events/go", "\"on\"");
        ((int)sent.StatusCode).ShouldBe(204);
        (await host.GetAsync("a")).Text("status").ShouldBe("paused");
        await ChangeAsync(host, "a", """{"status":"resume"}""");

        (await host.StatusAsync("a", "complete")).Text("output").ShouldBe("1 on");
    }

    [Fact]
    public async Task A_terminated_instance_says_so_in_its_steps_and_takes_nothing_more()
    {
        await using var host = await PlayedHost.StartAsync(WaitAsync);
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");

        (await ChangeAsync(host, "a", """{"status":"terminate"}""")).Text("status").ShouldBe("terminated");

        var terminated = await host.GetAsync("a");
        terminated.GetProperty("success").GetBoolean().ShouldBeFalse();
        terminated.GetProperty("steps").EnumerateArray().Last().Text("type").ShouldBe("termination");
        using var again = await host.PatchAsync("a", """{"status":"terminate"}""");
        var problem = await again.ProblemAsync(409, "instance_finished");
        problem.Text("instanceStatus").ShouldBe("terminated");
        problem
            .Text("detail")
            .ShouldBe("(instance.cannot_terminate) Cannot terminate instance since its on a finite state");
    }

    [Fact]
    public async Task Termination_with_rollback_runs_the_handlers_and_tells_of_them()
    {
        await using var host = await PlayedHost.StartAsync(
            async (_, step) =>
            {
                await step.DoAsync(
                    "charge",
                    new() { Rollback = new((_, _) => Task.CompletedTask) },
                    _ => Task.FromResult(1)
                );
                return (await step.WaitForEventAsync<string>("go")).Payload;
            }
        );
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");

        await ChangeAsync(host, "a", """{"status":"terminate","rollback":true}""");

        var terminated = await host.StatusAsync("a", "terminated");
        terminated.GetProperty("rollback").ToString().ShouldBe("""{"outcome":"complete"}""");
        terminated
            .GetProperty("steps")
            .EnumerateArray()
            .Select(step => step.Text("type"))
            .ShouldBe(["step", "waitForEvent", "rollback", "termination"]);
    }

    [Fact]
    public async Task A_restart_runs_everything_again_and_one_from_a_step_keeps_what_came_before()
    {
        var calls = new List<string>();
        await using var host = await PlayedHost.StartAsync(
            async (_, step) =>
            {
                foreach (var name in new[] { "first", "again", "again", "last" })
                {
                    await step.DoAsync(
                        name,
                        (context, _) =>
                        {
                            lock (calls)
                            {
                                calls.Add($"{name} {context.Count}");
                            }
                            return Task.FromResult(name);
                        }
                    );
                }
                return "done";
            }
        );
        await host.CreateAsync("a");
        await host.StatusAsync("a", "complete");
        calls.Clear();

        await ChangeAsync(host, "a", """{"status":"restart","from":{"name":"again","count":2,"type":"step"}}""");
        await host.StatusAsync("a", "complete");
        calls.ShouldBe(["again 2", "last 1"]);
        calls.Clear();
        await ChangeAsync(host, "a", """{"status":"restart"}""");
        await host.StatusAsync("a", "complete");
        calls.ShouldBe(["first 1", "again 1", "again 2", "last 1"]);

        var before = await host.InstancesAsync();
        using var missing = await host.PatchAsync("a", """{"status":"restart","from":{"name":"none"}}""");
        (await missing.ProblemAsync(409, "instance_conflict"))
            .Text("detail")
            .ShouldBe("(instance.cannot_restart) Step \"none\" not found in execution history");
        (await host.InstancesAsync()).ShouldBe(before);
    }

    private static async Task<string> WaitAsync(WorkflowEvent<Dictionary<string, int>?> trigger, WorkflowStep step)
    {
        var one = await step.DoAsync("one", _ => Task.FromResult(1));
        return $"{one} {(await step.WaitForEventAsync<string>("go")).Payload}";
    }

    private static async Task<JsonElement> ChangeAsync(SessionHost host, string id, string body)
    {
        using var response = await host.PatchAsync(id, body);
        ((int)response.StatusCode).ShouldBe(200);
        return await response.JsonAsync();
    }
}
