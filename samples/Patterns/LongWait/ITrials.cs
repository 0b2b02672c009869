namespace Patterns.LongWait;

/// <summary>Customers who try the product.</summary>
public interface ITrials
{
    /// <summary>Reminds a customer that the trial ends soon.</summary>
    /// <param name="customer">Whom.</param>
    /// <param name="endsAt">When it ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RemindAsync(string customer, DateTimeOffset endsAt, CancellationToken cancellationToken);

    /// <summary>Ends a trial.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CloseAsync(string customer, CancellationToken cancellationToken);
}
