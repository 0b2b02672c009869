namespace Patterns.Children;

/// <summary>Customers and what they owe.</summary>
public interface IBilling
{
    /// <summary>Everybody who has to pay for a month.</summary>
    /// <param name="month">The month.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<string>> CustomersAsync(string month, CancellationToken cancellationToken);

    /// <summary>Adds up what a customer used.</summary>
    /// <param name="bill">Whose, and for when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The sum in euros.</returns>
    Task<decimal> SumAsync(Bill bill, CancellationToken cancellationToken);

    /// <summary>Charges a customer.</summary>
    /// <param name="bill">Whose, and for when; the same bill is charged once.</param>
    /// <param name="amount">The sum in euros.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ChargeAsync(Bill bill, decimal amount, CancellationToken cancellationToken);
}
