using System.ComponentModel;
using Everturn.Agents;

namespace Snippets;

public static class Weather
{
    [Description("The weather in a city.")]
    public static string Look([Description("The city.")] string city) => $"Rain in {city}.";

    public static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("weather")
        .WithInstructions("You tell the weather.")
        .WithTool(Look)
        .Build();
}
