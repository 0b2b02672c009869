namespace Snippets;

public interface IOrders
{
    Task<string> PlaceAsync(string item, string idempotencyKey);
}
