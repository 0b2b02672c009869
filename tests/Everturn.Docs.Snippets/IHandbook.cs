namespace Snippets;

public interface IHandbook
{
    Task<string[]> SearchAsync(string query, CancellationToken cancellationToken);
}
