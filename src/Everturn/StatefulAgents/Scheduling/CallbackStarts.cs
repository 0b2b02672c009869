using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>
/// Counts how often a callback that was due before this host came up is started. One that ended the host before would
/// otherwise end each host that follows. What comes due later has ended nothing, and costs no write.
/// </summary>
internal sealed class CallbackStarts(ObjectActivation activation)
{
    private readonly HashSet<string> _counted = [];

    private IObjectDatabase Database => activation.Database;

    private int Limit => activation.Agent.Options.MaxStarts;

    /// <summary>Counts a start, durably.</summary>
    /// <param name="id">The schedule or item.</param>
    /// <param name="callback">Its method.</param>
    /// <param name="due">Since when it may run.</param>
    /// <exception cref="CallbackGivenUpException">It is not to be started any more.</exception>
    public async Task CountAsync(string id, string callback, DateTimeOffset due)
    {
        if (due >= activation.Host.StartedAt)
        {
            return;
        }

        activation.Tables.Ensure(AgentSql.StartsTable, AgentSql.CreateStarts);
        var starts = Database.Execute(AgentSql.SelectStarts, new SqlValue(id)).FirstOrNull()?[0].AsLong() ?? 0;
        if (starts >= Limit)
        {
            throw new CallbackGivenUpException(activation.Id, callback, (int)starts);
        }

        Database.Execute(AgentSql.AddStart, new SqlValue(id));
        _counted.Add(id);
        await activation.Outbox.WhenOpen().ConfigureAwait(true);
    }

    /// <summary>It has come to its end, or is gone.</summary>
    public void Forget(string id)
    {
        _counted.Remove(id);
        if (activation.Tables.Has(AgentSql.StartsTable))
        {
            Database.Execute(AgentSql.DeleteStarts, new SqlValue(id));
        }
    }

    /// <summary>The host stops of its own accord: what runs is not to blame.</summary>
    public void TakeBack()
    {
        foreach (var id in _counted)
        {
            Database.Execute(AgentSql.TakeBackStart, new SqlValue(id));
        }
    }
}
