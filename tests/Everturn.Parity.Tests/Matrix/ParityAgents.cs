using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;

namespace Everturn.Parity.Tests.Matrix;

/// <summary>Agents that several scenarios use.</summary>
internal static class ParityAgents
{
    public static readonly AgentDefinition<string> Writer = AgentDefinition
        .Create("writer")
        .WithInstructions("You write.")
        .WithRetry(new() { MaxRetries = 0 })
        .Build();

    public static readonly AgentDefinition<string> Noter = AgentDefinition
        .Create("noter")
        .WithState(Notes.Key)
        .WithTool(Note, options => options.Name = "note")
        .WithRetry(new() { MaxRetries = 0 })
        .Build();

    private static int Note(string text, ToolContext context)
    {
        context.UpdateState(Notes.Key, notes => new([.. notes.Items, text]));
        return text.Length;
    }
}
