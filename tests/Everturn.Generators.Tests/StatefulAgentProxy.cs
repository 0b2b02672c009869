using System.Text;
using System.Text.Json;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Dispatch;

namespace Everturn.Generators.Tests;

/// <summary>An agent that is called as a client would.</summary>
internal sealed record StatefulAgentProxy(StatefulAgent Agent, AgentModule Module)
{
    /// <summary>Calls a method; the answer is the JSON of the result, or "undefined".</summary>
    public async Task<string> CallAsync(string method, string arguments, RecordingSink? stream = null)
    {
        var call = new AgentCall(JsonElement.Parse(arguments), TestContext.Current.CancellationToken)
        {
            StreamOrNull = new(stream ?? new RecordingSink()),
        };
        await Module.GetCallable(method).Invoke(Agent, call);
        return call.Result is { } json ? Encoding.UTF8.GetString(json.Span) : "undefined";
    }
}
