namespace Patterns.Migration;

/// <summary>Where orders are shipped from.</summary>
public interface IWarehouse
{
    /// <summary>Does something with an order.</summary>
    /// <param name="what">What.</param>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A receipt.</returns>
    Task<string> HandleAsync(string what, string order, CancellationToken cancellationToken);
}
