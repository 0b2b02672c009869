using Everturn;
using Everturn.Agents;
using Everturn.Agents.Steps;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Runtimes
{
    public static void Choose(EverturnBuilder everturn)
    {
        everturn.AddAgent(Weather.Agent, o => o.OnRuntime(AgentRuntimes.InProcess));
    }

    public static void ChooseForAll(EverturnBuilder everturn)
    {
        everturn.UseRuntime(AgentRuntimes.InProcess);
    }

    public static async Task ResumeAsync(IAgentExecutor executor, CancellationToken ct)
    {
        var run = await executor.GetHandleAsync(Weather.Agent, "s1", cancellationToken: ct);
        AgentResult<string> result = await run!.ResultAsync(ct);
        if (result.Reason is RunReason.HostLost or RunReason.HostStopped)
        {
            run = await run.ResumeAsync(cancellationToken: ct);
        }
    }

    public static void AddOwnWorkflow(EverturnBuilder everturn)
    {
        everturn.AddAgent(Weather.Agent).AddWorkflow<AgentWorkflow>();
    }

    public static async Task ExecuteOnOwnWorkflowAsync(IServiceProvider services, CancellationToken ct)
    {
        var executor = new WorkflowAgentExecutor(
            new()
            {
                Engine = services.GetRequiredService<IWorkflowEngine>(),
                WorkflowName = "agent-workflow",
                Store = services.GetRequiredService<ISessionStore>(),
                Streams = services.GetRequiredService<SessionStreams>(),
                Agents = services.GetRequiredService<AgentRegistry>(),
                Services = services,
            }
        );

        var handle = await executor.ExecuteAsync(Weather.Agent, "How is it in Bergen?", cancellationToken: ct);
        Console.WriteLine(handle.SessionId);
    }

    public static async Task<string> WaitForFileAsync(string path, CancellationToken ct)
    {
        return await Poll.UntilAsync(
            new PollOptions<string>
            {
                Check = async token =>
                    File.Exists(path) ? new(true, await File.ReadAllTextAsync(path, token)) : default,
                Interval = TimeSpan.FromSeconds(1),
                Timeout = TimeSpan.FromMinutes(1),
            },
            ct
        );
    }
}

[Workflow("agent-workflow")]
public sealed class AgentWorkflow(AgentWorkflowRunner runner) : Workflow<AgentWorkflowInput, AgentWorkflowResult>
{
    public override Task<AgentWorkflowResult> RunAsync(
        WorkflowEvent<AgentWorkflowInput> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => runner.RunAsync(trigger, step, cancellationToken);
}

[Workflow("reviewed")]
public sealed class ReviewedWorkflow(AgentSteps steps) : Workflow<string, AgentWorkflowResult>
{
    public override async Task<AgentWorkflowResult> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var run = await steps.InitializeAgentStateAsync(
            step,
            InitializeAgentInput.For(trigger, "weather", $"review-{trigger.InstanceId}", trigger.Payload)
        );
        for (var number = 1; ; number++)
        {
            var done = await steps.ExecuteAgentStepAsync(step, ExecuteAgentStepInput.For(run, number));
            if (done.IsEnded)
            {
                return new()
                {
                    SessionId = run.SessionId,
                    RunId = run.RunId,
                    Status = done.Status,
                };
            }

            if (done.ToolCalls.Count > 0)
            {
                await step.WaitForEventAsync<bool>("review", "reviewed");
            }

            foreach (var call in done.ToolCalls)
            {
                await steps.ExecuteToolCallAsync(step, ExecuteToolCallInput.For(run, number, call.ToolCallId));
            }
        }
    }
}
