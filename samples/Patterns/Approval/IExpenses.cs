namespace Patterns.Approval;

/// <summary>The accounts department.</summary>
public interface IExpenses
{
    /// <summary>Asks a person to decide. The answer comes as an event to the instance.</summary>
    /// <param name="role">Who is to decide.</param>
    /// <param name="instanceId">Where to send the decision.</param>
    /// <param name="expense">What about.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AskAsync(string role, string instanceId, Expense expense, CancellationToken cancellationToken);

    /// <summary>Pays, once for each key.</summary>
    /// <param name="expense">What.</param>
    /// <param name="key">The same for the same payment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PayAsync(Expense expense, string key, CancellationToken cancellationToken);
}
