using Everturn.Agents;
using Everturn.Testing.Crashes;
using Microsoft.Extensions.AI;

namespace Everturn.Bench.Hosting;

/// <summary>The application that is measured: put together as a user would, with the defaults.</summary>
internal static class BenchAgents
{
    public const string Instant = "instant";
    public const string Careful = "careful";
    public const string EffectsFileName = "effects.txt";

    /// <summary>An agent that answers at once.</summary>
    public static AgentDefinition<string> InstantAgent { get; } =
        AgentDefinition
            .Create(Instant)
            .WithInstructions("You answer in as many tokens as you are asked for.")
            .WithChatClient(InstantModel.Key)
            .Build();

    /// <summary>An agent whose one call needs approval, and that answers at once when it was made.</summary>
    public static AgentDefinition<string> AskingAgent { get; } =
        AgentDefinition
            .Create("asking")
            .WithInstructions("You note and then answer.")
            .WithChatClient(StallingModel.Key)
            .WithTool(
                () => "noted",
                options =>
                {
                    options.Name = "note";
                    options.RequireApproval();
                }
            )
            .Build();

    /// <summary>Adds the store, the agents and the workflows.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="directory">The data directory.</param>
    /// <param name="stall">Whether the careful agent's model stops in the middle of its answer.</param>
    public static void AddBench(this IServiceCollection services, string directory, bool stall = false)
    {
        var model = new StallingModel(stall);
        services.AddSingleton(model);
        services.AddKeyedSingleton<IChatClient>(StallingModel.Key, model);
        services.AddKeyedSingleton<IChatClient>(InstantModel.Key, new InstantModel());
        services
            .AddEverturn()
            .UseSqlite(options => options.DataDirectory = directory)
            .AddAgent(InstantAgent)
            .AddAgent(AskingAgent)
            .AddAgent(CarefulAgent(new(Path.Combine(directory, EffectsFileName))))
            .AddWorkflow<StepsWorkflow>()
            .AddWorkflow<SleeperWorkflow>()
            .AddWorkflow<ListeningWorkflow>()
            .AddWorkflow<FanoutWorkflow>()
            .AddStatefulAgent<BenchCounter>();
    }

    private static AgentDefinition<string> CarefulAgent(EffectsFile effects) =>
        AgentDefinition
            .Create(Careful)
            .WithInstructions("You note and then answer.")
            .WithChatClient(StallingModel.Key)
            .WithTool(new NoteTool(effects).NoteAsync, options => options.Name = "note")
            .Build();
}
