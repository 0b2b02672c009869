namespace Patterns.Saga;

/// <summary>Books what a trip needs. Each booking can be cancelled, also one that never came to be.</summary>
public interface ITravel
{
    /// <summary>Books something.</summary>
    /// <param name="what">Flight, hotel or car.</param>
    /// <param name="traveller">For whom; with <paramref name="what"/> it names the booking.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The booking's number.</returns>
    Task<string> BookAsync(string what, string traveller, CancellationToken cancellationToken);

    /// <summary>Cancels a booking; nothing happens if there is none.</summary>
    /// <param name="what">Flight, hotel or car.</param>
    /// <param name="traveller">For whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CancelAsync(string what, string traveller, CancellationToken cancellationToken);
}
