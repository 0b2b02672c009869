using Everturn.Agents;
using Everturn.Testing.Crashes;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;

namespace Everturn.Crash.Host;

/// <summary>An agent for each scenario, named like it, with a model of its own.</summary>
internal static class CrashAgents
{
    public static EverturnBuilder AddCrashAgents(
        this EverturnBuilder builder,
        HostSettings settings,
        ReleaseFile release,
        CrashObserver observer
    )
    {
        var tools = new CountingTools(new(settings.EffectsPath));
        return builder
            .Add("text", Scripts.Text, observer, tools)
            .Add("tool", Scripts.Tool, observer, tools)
            .Add("parallel", Scripts.Parallel, observer, tools)
            .Add("multi", Scripts.Multi, observer, tools)
            .Add("endless", Scripts.Endless, observer, tools)
            .Add("failing", Scripts.Failing, observer, tools)
            .Add("deltas", Scripts.Deltas(settings.ModelPause), observer, tools)
            .Add("held", Scripts.Held(release), observer, tools)
            .Add("busy", Scripts.Busy(release), observer, tools)
            .AddModel("structured", Scripts.Structured, observer)
            .AddAgent(Define("structured", tools).WithOutput(HostJson.Default.Summary).Build());
    }

    private static EverturnBuilder Add(
        this EverturnBuilder builder,
        string name,
        Func<IReadOnlyList<ChatMessage>, ScriptedReply> script,
        CrashObserver observer,
        CountingTools tools
    ) => builder.AddModel(name, script, observer).AddAgent(Define(name, tools).Build());

    private static EverturnBuilder AddModel(
        this EverturnBuilder builder,
        string name,
        Func<IReadOnlyList<ChatMessage>, ScriptedReply> script,
        CrashObserver observer
    )
    {
        builder.Services.AddKeyedSingleton(name, new FunctionChatClient(script).WithCrashPoints(observer));
        return builder;
    }

    private static AgentDefinitionBuilder<string> Define(string name, CountingTools tools) =>
        AgentDefinition
            .Create(name)
            .WithInstructions($"You are the agent {name}.")
            .WithChatClient(name)
            .WithState(Notes.Key)
            .WithTool(tools.NoteAsync, options => options.Name = "note");
}
