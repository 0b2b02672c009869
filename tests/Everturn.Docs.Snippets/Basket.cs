using Everturn.Agents;

namespace Snippets;

public sealed record Basket
{
    public static readonly StateKey<Basket> Key = StateKey.Create(BasketJson.Default.Basket, () => new Basket());

    public IReadOnlyList<string> Items { get; init; } = [];
}
