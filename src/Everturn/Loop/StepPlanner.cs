using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.State;

namespace Everturn.Loop;

/// <summary>Decides what follows from a reply. Pure: no clock, no store, no services.</summary>
internal static class StepPlanner
{
    /// <summary>The result stored for an accepted <c>__finish__</c> call, so that the session can be continued.</summary>
    public const string Acknowledged = """{"acknowledged":true}""";

    private const string NotRun = "Not executed: the run finished in the same step.";

    public static StepPlan Plan(AgentDefinition agent, ModelReply reply)
    {
        if (reply.Calls.FirstOrDefault(call => call.Name == OutputContract.FinishToolName) is { } finish)
        {
            return PlanFinish(agent, reply, finish);
        }

        if (reply.Calls.Count > 0)
        {
            return new StepPlan.RunTools(reply.Calls);
        }

        return agent.Output is null ? new StepPlan.Complete(JsonBytes.String(reply.Text), [])
            : TryReadOutput(agent.Output, reply.Text) is { } output ? new StepPlan.Complete(output, [])
            : new StepPlan.Continue([Reminder]);
    }

    /// <summary>The result of a call that says why it has none of its own.</summary>
    public static AgentMessage Refusal(ToolCall call, string why) =>
        new()
        {
            Role = MessageRole.Tool,
            ToolCallId = call.Id,
            ToolName = call.Name,
            Content = why,
            IsError = true,
        };

    /// <summary>Why a structured output does not fit, or null where it does.</summary>
    public static string? Misfit(OutputContract contract, JsonElement output)
    {
        try
        {
            return output.Deserialize(contract.Type) is null ? "The output is null." : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    private static AgentMessage Reminder { get; } =
        new()
        {
            Role = MessageRole.User,
            Content = $"Give the result by calling {OutputContract.FinishToolName}.",
            Metadata = new Dictionary<string, JsonElement> { ["hidden"] = JsonBytes.Parse("true"u8.ToArray()) },
        };

    private static StepPlan PlanFinish(AgentDefinition agent, ModelReply reply, ToolCall finish)
    {
        var misfit = agent.Output is null
            ? $"There is no tool {OutputContract.FinishToolName}: answer with text."
            : Misfit(agent.Output, finish.Arguments);
        var results = reply
            .Calls.Select(call =>
                !ReferenceEquals(call, finish) ? Refusal(call, NotRun)
                : misfit is not null ? Refusal(call, misfit)
                : new AgentMessage
                {
                    Role = MessageRole.Tool,
                    ToolCallId = call.Id,
                    ToolName = call.Name,
                    Content = Acknowledged,
                }
            )
            .ToList();
        return misfit is null ? new StepPlan.Complete(finish.Arguments, results) : new StepPlan.Continue(results);
    }

    // Some models answer with the JSON itself although they were given the tool.
    private static JsonElement? TryReadOutput(OutputContract contract, string text)
    {
        try
        {
            var output = JsonBytes.Parse(System.Text.Encoding.UTF8.GetBytes(text));
            return output.ValueKind == JsonValueKind.Object && Misfit(contract, output) is null ? output : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
