using Everturn.Sessions;
using Everturn.Sqlite;
using Everturn.StatefulAgents;
using Everturn.Storage;

namespace Everturn.Docs.Snippets;

public sealed class SupportDesk : StatefulAgent
{
    private SqliteSessionStore _sessions = null!;

    protected override Task OnStartAsync(CancellationToken cancellationToken)
    {
        _sessions = new SqliteSessionStore(Storage);
        return Task.CompletedTask;
    }

    [Callable]
    public async Task<string> Open(string question)
    {
        var ticket = Guid.CreateVersion7(Time.GetUtcNow()).ToString("N");
        await _sessions.CommitAsync(
            new()
            {
                Session = new(ticket),
                Kind = CommitKind.RunStart,
                At = Time.GetUtcNow(),
                NewSession = new() { AgentType = "desk" },
                NewRun = new()
                {
                    RunId = "first",
                    Trigger = RunTrigger.Execute,
                    Runtime = "by-hand",
                },
                Messages = [AgentMessage.FromUser(question)],
            },
            Lifetime
        );
        Storage.Put("latest", ticket);
        return ticket;
    }

    [Callable]
    public async Task<long> Tokens(string ticket) =>
        (await _sessions.GetRollupAsync(new(ticket), Lifetime)).Tokens.Total;
}
