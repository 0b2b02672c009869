namespace Patterns.Cron;

/// <summary>Makes reports.</summary>
public interface IReports
{
    /// <summary>Makes the report of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where it is.</returns>
    Task<string> MakeAsync(DateOnly day, CancellationToken cancellationToken);

    /// <summary>Sends a report.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SendAsync(string address, CancellationToken cancellationToken);
}
