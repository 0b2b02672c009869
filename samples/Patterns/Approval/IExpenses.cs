namespace Patterns.Approval;

/// <summary>The accounts department.</summary>
public interface IExpenses
{
    /// <summary>Tells a person that there is something to decide.</summary>
    /// <param name="role">Who is to decide.</param>
    /// <param name="expense">What about.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellAsync(string role, Expense expense, CancellationToken cancellationToken);

    /// <summary>Pays, once for each key.</summary>
    /// <param name="expense">What.</param>
    /// <param name="key">The same for the same payment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PayAsync(Expense expense, string key, CancellationToken cancellationToken);
}
