namespace Everturn.Docs.Snippets;

public interface IShop
{
    Task ReserveAsync(string id, CancellationToken cancellationToken);

    Task<string> ChargeAsync(string id, CancellationToken cancellationToken);

    Task AuditAsync(string id, CancellationToken cancellationToken);
}
