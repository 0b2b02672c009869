using System.Diagnostics;
using System.Text.Json;
using Everturn.StatefulAgents.Dispatch;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>What schedules and the queue have in common: how callbacks are named, checked and run.</summary>
internal sealed class Callbacks(ObjectActivation activation)
{
    /// <exception cref="InvalidInputException">No method has this name, or it cannot be called back.</exception>
    public void Check(string callback)
    {
        if (string.IsNullOrEmpty(callback))
        {
            throw new InvalidInputException(nameof(callback), "is the name of a method");
        }

        if (activation.Module.FindCallback(callback) is null)
        {
            throw new InvalidInputException(
                nameof(callback),
                $"this.{callback} is not a function; put [AgentCallback] on the method"
            );
        }
    }

    /// <exception cref="InvalidInputException">The options are not acceptable, alone or with the agent's own.</exception>
    public void Check(AgentRetryOptions? retry)
    {
        retry?.Check();
        Merge(retry).Check();
    }

    /// <summary>Calls until it succeeds or the attempts are used up, in which case it throws.</summary>
    public Task RunAsync(
        string callback,
        AgentMethod method,
        JsonElement? payload,
        AgentRetryOptions? retry,
        Func<JsonElement, AgentCall> makeCall
    )
    {
        var arguments = JsonElement.Parse(payload is { } value ? $"[{value.GetRawText()}]" : "[]");
        return AgentRetry.RunAsync(
            Merge(retry),
            activation.Time,
            async (_, _) =>
            {
                await method.Invoke(activation.Agent, makeCall(arguments)).ConfigureAwait(true);
                return true;
            },
            static (exception, _) => exception is not ObjectResetException,
            (exception, attempt) => Retried(callback, attempt, exception),
            activation.Lifetime
        );
    }

    /// <summary>All its attempts are used up, or its stay in memory ended.</summary>
    public void Failed(Activity? span, string callback, Exception exception)
    {
        StatefulAgentSpans.Fail(span, exception);
        StatefulAgentInstruments.CallbackErrors.Add(1, activation.Host.TagOf(activation.Id));
        StatefulAgentLog.CallbackFailed(activation.Host.Logger, activation.Id, callback, exception);
    }

    private void Retried(string callback, int attempt, Exception exception)
    {
        StatefulAgentInstruments.CallbackRetries.Add(1, activation.Host.TagOf(activation.Id));
        StatefulAgentLog.CallbackRetried(activation.Host.Logger, activation.Id, callback, attempt, exception);
    }

    private AgentRetryOptions Merge(AgentRetryOptions? retry) =>
        (retry ?? new()).Over(activation.Agent.Options.RetryDefaults);
}
