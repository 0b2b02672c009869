using System.Text.Json;
using Everturn.Agents;
using Everturn.Diagnostics;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.State;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Loop;

/// <summary>Executes one tool call and turns whatever happens into an outcome that the model can read.</summary>
/// <param name="hooks">Called before and after each call.</param>
/// <param name="telemetry">Tells of each call.</param>
/// <param name="limits">For the size of results.</param>
/// <param name="time">The clock.</param>
internal sealed class ToolRunner(StepHooks hooks, LoopTelemetry telemetry, EverturnLimits limits, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The host is stopping: the call has no outcome and is repeated.</exception>
    public async Task<ToolOutcome> RunAsync(
        RunExecution execution,
        RunJournal journal,
        ToolCallRecord call,
        CancellationToken stopping
    )
    {
        if (!execution.Agent.Tools.TryGetValue(call.ToolName, out var tool))
        {
            var names = string.Join(", ", execution.Agent.Tools.Keys);
            return Outcome(execution, Fail(call, $"There is no tool '{call.ToolName}'. There are: {names}."), [], []);
        }

        var scope = execution.Services.CreateAsyncScope();
        await using var _ = scope.ConfigureAwait(false);
        var events = new DeltaFlusher(journal);
        var context = new ToolCallContext(execution, call, events, scope.ServiceProvider, time);
        using var timeout = tool.Timeout is { } limit
            ? new CancellationTokenSource(limit, time)
            : new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping, execution.Stop);
        using var span = telemetry.ToolCall(tool, call);
        await hooks.BeforeToolAsync(execution, tool, context, linked.Token).ConfigureAwait(false);
        var started = time.GetTimestamp();
        ToolCallRecord ended;
        try
        {
            ended = Succeed(call, await InvokeAsync(tool, call, context, linked.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (execution.Stop.IsCancellationRequested)
        {
            ended = Interrupted(call);
        }
        catch (OperationCanceledException)
            when (timeout.IsCancellationRequested && tool.Effect == ToolEffect.AtMostOnce)
        {
            // It may have taken effect: only a person can say.
            return new(call with { Status = ToolCallStatus.Unknown }, events.TakeRest(), context.Changes.Usage);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            ended = Fail(call, $"The tool did not answer within {tool.Timeout!.Value.TotalSeconds:0.###} s.");
        }
#pragma warning disable CA1031 // Whatever a tool throws is news for the model, not the end of the run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ended = Fail(call, exception.Message);
        }

        if (ended.Status != ToolCallStatus.Succeeded)
        {
            context.Changes.DropState();
        }

        var duration = time.GetElapsedTime(started);
        span.Ended(ended);
        await hooks.AfterToolAsync(execution, tool, context, ended, duration, stopping).ConfigureAwait(false);
        ended = ended with { StagedChange = PatchJson.Write(context.Changes.Operations) };
        return Outcome(execution, ended, events.TakeRest(), context.Changes.Usage);
    }

    /// <summary>The outcome of a call that an interrupt left without one.</summary>
    public ToolCallRecord Interrupted(ToolCallRecord call) =>
        End(call, ToolCallStatus.Interrupted, OpenStep.WithoutResult(call));

    private static async Task<JsonElement> InvokeAsync(
        AgentTool tool,
        ToolCallRecord call,
        ToolCallContext context,
        CancellationToken cancellationToken
    )
    {
        var arguments = new AIFunctionArguments(MessageConversion.Arguments(JsonBytes.Parse(call.Arguments)))
        {
            Services = context.Services,
            Context = new Dictionary<object, object?> { [typeof(ToolContext)] = context },
        };

        // A tool may compute for long before its first await; the other calls of the step must not wait for it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        ToolContext.Current = context;
        var function = tool.Function!;
        var result = await function.InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            null => JsonBytes.Parse("null"u8.ToArray()),
            JsonElement element => element,
            string text => JsonBytes.String(text),
            _ => JsonSerializer.SerializeToElement(
                result,
                function.JsonSerializerOptions.GetTypeInfo(result.GetType())
            ),
        };
    }

    private ToolCallRecord Succeed(ToolCallRecord call, JsonElement result)
    {
        var bytes = JsonBytes.Write(result);
        return bytes.Length > limits.ToolResultBytes
            ? Fail(call, $"The tool's result has {bytes.Length} bytes; {limits.ToolResultBytes} are allowed.")
            : End(call, ToolCallStatus.Succeeded, bytes);
    }

    private ToolCallRecord Fail(ToolCallRecord call, string error) =>
        End(call, ToolCallStatus.Failed, JsonBytes.String(error));

    private ToolCallRecord End(ToolCallRecord call, ToolCallStatus status, JsonElement result) =>
        End(call, status, JsonBytes.Write(result));

    private ToolCallRecord End(ToolCallRecord call, ToolCallStatus status, ReadOnlyMemory<byte> result) =>
        call with
        {
            Status = status,
            Result = result,
            EndedAt = time.GetUtcNow(),
        };

    private ToolOutcome Outcome(
        RunExecution execution,
        ToolCallRecord call,
        IReadOnlyList<ReadOnlyMemory<byte>> events,
        IReadOnlyList<Usage.UsageEntry> custom
    ) =>
        new(
            call,
            [.. events, execution.Chunks.ToolEnd(call)],
            [
                .. custom,
                new()
                {
                    Id = ServerId.New(time),
                    RunId = call.RunId,
                    Timestamp = time.GetUtcNow(),
                    StepCount = call.Step,
                    Source = "tool",
                    Kind = "tool",
                    Name = call.ToolName,
                    Duration = call.EndedAt - call.CreatedAt,
                    Success = call.Status == ToolCallStatus.Succeeded,
                },
            ]
        );
}
