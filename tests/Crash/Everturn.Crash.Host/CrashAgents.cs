using Everturn.Agents;
using Everturn.Sessions;
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
            .AddModel("gated", Scripts.Parallel, observer)
            .AddAgent(Define("gated", tools, options => options.RequireApproval()).Build())
            .AddModel("waiting", Scripts.Tool, observer)
            .AddAgent(
                Define("waiting", tools, options => options.RequireApproval()).Build(),
                options => options.ResumeWhenAnswered()
            )
            .AddModel("expiring", Scripts.Tool, observer)
            .AddAgent(
                Define(
                        "expiring",
                        tools,
                        options =>
                        {
                            options.RequireApproval();
                            options.AnswerWithin = TimeSpan.FromMilliseconds(50);
                            options.OnExpiry = ExpiryOutcome.Expire;
                        }
                    )
                    .Build(),
                options => options.ResumeWhenAnswered()
            )
            .AddModel("once", Scripts.Tool, observer)
            .AddAgent(Define("once", tools, options => options.Effect = ToolEffect.AtMostOnce).Build())
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

    private static AgentDefinitionBuilder<string> Define(
        string name,
        CountingTools tools,
        Action<AgentToolOptions>? configure = null
    ) =>
        AgentDefinition
            .Create(name)
            .WithInstructions($"You are the agent {name}.")
            .WithChatClient(name)
            .WithState(Notes.Key)
            .WithTool(
                tools.NoteAsync,
                options =>
                {
                    options.Name = "note";
                    configure?.Invoke(options);
                }
            );
}
