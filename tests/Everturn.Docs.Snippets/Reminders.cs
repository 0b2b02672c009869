using Everturn.StatefulAgents;

namespace Everturn.Docs.Snippets;

public sealed class Reminders : StatefulAgent
{
    protected override Task OnStartAsync(CancellationToken cancellationToken)
    {
        Schedules.AddCron("0 9 * * 1-5", nameof(Tell), "stand-up");
        return Task.CompletedTask;
    }

    [Callable]
    public string RemindMe(string of, int minutes) => Schedules.Add(TimeSpan.FromMinutes(minutes), nameof(Tell), of).Id;

    [Callable]
    public bool NeverMind(string id) => Schedules.Cancel(id);

    [Callable]
    public void Import(string[] lines)
    {
        foreach (var line in lines)
        {
            Queue.Add(nameof(Tell), line, new() { MaxAttempts = 5 });
        }
    }

    [AgentCallback]
    public void Tell(string what) => Connections.BroadcastJson(what);
}
