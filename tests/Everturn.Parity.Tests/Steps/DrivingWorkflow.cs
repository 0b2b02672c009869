using Everturn.Agents.Steps;
using Everturn.Workflows;

namespace Everturn.Parity.Tests.Steps;

/// <summary>A workflow of an application's own that drives an agent by hand, and asks before tools are called.</summary>
[Workflow("driving")]
internal sealed class DrivingWorkflow(AgentSteps steps) : Workflow<DrivingWorkflow.Order, AgentWorkflowResult>
{
    public override async Task<AgentWorkflowResult> RunAsync(
        WorkflowEvent<Order> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        var run = await steps.InitializeAgentStateAsync(
            step,
            InitializeAgentInput.For(trigger, order.AgentType, order.SessionId, order.Message)
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
                    Reason = done.Reason,
                    StepCount = number,
                };
            }

            if (order.Then is { } then)
            {
                return await EndAsync(then, run, step);
            }

            if (order.LeavesCalls)
            {
                continue;
            }

            if (order.Asks && done.ToolCalls.Count > 0)
            {
                await step.WaitForEventAsync<string>("go", "go");
            }

            await Task.WhenAll(
                done.ToolCalls.Select(call =>
                    steps.ExecuteToolCallAsync(step, ExecuteToolCallInput.For(run, number, call.ToolCallId))
                )
            );
        }
    }

    private async Task<AgentWorkflowResult> EndAsync(string then, AgentWorkflowInput run, WorkflowStep step) =>
        then switch
        {
            "complete" => await steps.EndAgentStreamAsync(
                step,
                new()
                {
                    SessionId = run.SessionId,
                    RunId = run.RunId,
                    Output = System.Text.Json.JsonSerializer.SerializeToElement("mine"),
                }
            ),
            "fail stream" => await steps.FailAgentStreamAsync(
                step,
                new()
                {
                    SessionId = run.SessionId,
                    RunId = run.RunId,
                    Error = "not good enough",
                }
            ),
            "fail" => await steps.MarkAgentFailedAsync(
                step,
                new()
                {
                    SessionId = run.SessionId,
                    RunId = run.RunId,
                    Error = "not good enough",
                    Reason = "quality",
                }
            ),
            "unknown call" => throw await Record(
                steps.ExecuteToolCallAsync(step, ExecuteToolCallInput.For(run, 1, "no such call"))
            ),
            "far step" => throw await Record(steps.ExecuteAgentStepAsync(step, ExecuteAgentStepInput.For(run, 7))),
            _ => throw new InvalidOperationException(then),
        };

    private static async Task<Exception> Record(Task task)
    {
        try
        {
            await task;
            return new InvalidOperationException("It was accepted.");
        }
        catch (NonRetryableException exception)
        {
            return exception;
        }
    }

    internal sealed record Order(
        string AgentType,
        string SessionId,
        string Message,
        bool Asks = false,
        string? Then = null,
        bool LeavesCalls = false
    );
}
