using Everturn;
using Everturn.Agents;
using Everturn.Testing.Crashes;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

public sealed class TestingCrashes(EffectsFile effects)
{
    internal static void Model(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IChatClient>(
            new FunctionChatClient(messages =>
                messages[^1].Role == ChatRole.Tool
                    ? ScriptedReply.Text("Noted", " it.")
                    : ScriptedReply.ToolCall("note", new() { ["item"] = "milk" })
            ).WithCrashPoints()
        );
    }

    internal static async Task GateAsync(AgentHandle run)
    {
        var gate = new ReplyGate();
        var model = new ScriptedChatClient(ScriptedReply.Text("Let me think").ThenGate(gate).ThenText("... yes."));
        // start a run, then:
        await gate.Reached; // the model is in the middle of its answer
        await run.InterruptAsync(); // act
        gate.Release(); // no sleep anywhere
    }

    public async Task<string> NoteAsync(string item, ToolContext context)
    {
        effects.Append(context.IdempotencyKey, "end");
        return "ok";
    }

    internal static void Points(WebApplicationBuilder builder, string data, AgentDefinition Shopper)
    {
        builder.Services.AddEverturn().UseSqlite(o => o.DataDirectory = data).AddAgent(Shopper).AddCrashPoints();
    }

    [Fact]
    public async Task The_list_survives_a_crash_between_the_model_and_its_tool()
    {
        await using var harness = new CrashHarness(CrashProgram.FromAssembly("Shop.dll"));
        var reader = new SessionReader("s1");
        await harness.StartAsync(CrashSettings.Parse("step-model.after"));

        // Each step is repeated on a new process whenever the program dies meanwhile.
        using var started = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync("shopper", "s1", "Buy milk", requestId: "r1", ct)
        );
        await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct));
        var session = await harness.SurviveAsync((process, ct) => process.Client.ReadEvidenceAsync("s1", ct));

        Assert.Equal(1, harness.Restarts);
        new InvariantChecker().Session(session).Completed(session, requests: 1).Reader(session, reader).Verify();
    }
}
