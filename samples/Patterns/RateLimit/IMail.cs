namespace Patterns.RateLimit;

/// <summary>A mail service that takes a number of mails a minute.</summary>
public interface IMail
{
    /// <summary>Sends a mail.</summary>
    /// <param name="receiver">To whom.</param>
    /// <param name="text">What it says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SendAsync(string receiver, string text, CancellationToken cancellationToken);
}
