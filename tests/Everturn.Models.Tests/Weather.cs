using System.ComponentModel;
using Everturn.Agents;

namespace Everturn.Models.Tests;

/// <summary>An agent with two tools, and retries that do not keep a test waiting.</summary>
internal static class Weather
{
    public static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("weather")
        .WithInstructions("You tell the weather.")
        .WithTool(Look, o => o.Name = "look")
        .WithTool(string () => throw new InvalidOperationException("no thermometer"), o => o.Name = "measure")
        .WithRetry(new() { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20) })
        .Build();

    [Description("The weather in a city.")]
    private static string Look([Description("The city.")] string city) => $"Rain in {city}.";
}
