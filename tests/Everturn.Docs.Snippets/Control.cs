using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;

namespace Snippets;

internal static class Control
{
    public static async Task StopAsync(IAgentExecutor executor, CancellationToken ct)
    {
        var session = new SessionKey("s1");
        await executor.InterruptAsync(session, "changed my mind", cancellationToken: ct);
        await executor.InterruptAsync(session, "after this step", InterruptMode.AtCheckpoint, ct);
        await executor.AbortAsync(session, "wrong customer", ct);
    }

    public static async Task ResumeAsync(AgentHandle<string> run, CancellationToken ct)
    {
        var check = await run.CanResumeAsync(ct);
        if (check.CanResume)
        {
            run = await run.ResumeAsync(cancellationToken: ct);
            var result = await run.ResultAsync(ct);
        }
    }

    public static async Task ResumeWithMessageAsync(AgentHandle<string> run, CancellationToken ct)
    {
        run = await run.ResumeAsync(new() { Mode = ResumeMode.WithMessage, Message = "Only Bergen, please." }, ct);
    }

    public static async Task BranchAsync(AgentHandle<string> run, CancellationToken ct)
    {
        var checkpoints = await run.ListCheckpointsAsync(cancellationToken: ct);
        run = await run.ResumeAsync(
            new()
            {
                Mode = ResumeMode.Branch,
                CheckpointId = checkpoints.Items[^1].CheckpointId,
                ModifyState = JsonElement.Parse("""{"unit":"celsius"}"""),
                AppendMessages = [AgentMessage.FromUser("And in Oslo?")],
            },
            ct
        );
    }

    public static async Task RetryAsync(AgentHandle<string> run, CancellationToken ct)
    {
        run = await run.RetryAsync(cancellationToken: ct);
        run = await run.RetryAsync(new() { Mode = RetryMode.FromStart }, ct);
        run = await run.RetryAsync(new() { Mode = RetryMode.FromStart, Message = "How is it in Oslo?" }, ct);
    }

    public static async Task RepeatAsync(IAgentExecutor executor, CancellationToken ct)
    {
        try
        {
            await executor.ResumeAsync(Weather.Agent, new("s1"), new() { RequestId = "r-18" }, ct);
        }
        catch (CannotResumeException refused)
        {
            Console.WriteLine($"{refused.SessionId}: {refused.Reason}");
        }
    }

    public static async Task LookAsync(AgentHandle<string> run, ISessionStore store, CancellationToken ct)
    {
        JsonElement state = await run.GetStateAsync(ct);
        var runs = await run.ListRunsAsync(cancellationToken: ct);
        var usage = await run.GetUsageRollupAsync(ct);
        var voided = await store.ListVoidedMessagesAsync(run.Session, new(), ct);
    }
}
