namespace Snippets;

public interface IPayments
{
    Task<string> ChargeAsync(decimal amount, string idempotencyKey);
}
