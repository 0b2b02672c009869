namespace Patterns.Polling;

/// <summary>A service that makes exports and does not tell when one is ready.</summary>
public interface IExports
{
    /// <summary>Begins an export.</summary>
    /// <param name="report">What to export.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its number.</returns>
    Task<string> BeginAsync(string report, CancellationToken cancellationToken);

    /// <summary>Looks whether an export is ready.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where it can be had; null while it is not ready.</returns>
    Task<string?> FindAsync(string number, CancellationToken cancellationToken);
}
