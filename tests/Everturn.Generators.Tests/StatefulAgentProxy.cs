using System.Text;
using System.Text.Json;
using Everturn.StatefulAgents;

namespace Everturn.Generators.Tests;

/// <summary>An agent that is called as a client would.</summary>
internal sealed record StatefulAgentProxy(object Agent, CallableMethodTable Methods)
{
    /// <summary>Calls a method; the answer is the JSON of the result, or "undefined".</summary>
    public async Task<string> CallAsync(string method, string arguments, RecordingStream? stream = null)
    {
        var invocation = new CallableInvocation(
            JsonElement.Parse(arguments),
            stream ?? new RecordingStream(),
            TestContext.Current.CancellationToken
        );
        await Methods.Get(method).InvokeAsync(Agent, invocation);
        return invocation.Result is { } json ? Encoding.UTF8.GetString(json.Span) : "undefined";
    }
}
