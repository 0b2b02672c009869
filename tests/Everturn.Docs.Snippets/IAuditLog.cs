namespace Snippets;

public interface IAuditLog
{
    Task WriteAsync(string runId, string? what, bool succeeded, CancellationToken cancellationToken);
}
