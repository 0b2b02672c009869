using Everturn.Loop.Budgets;
using Everturn.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn;

/// <summary>Registers prices.</summary>
public static class ModelPriceBuilderExtensions
{
    /// <summary>Says what models cost, for agents with a cost budget. May be called more than once; the last price counts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="prices">Prices by the model's name, as the service reports it or the agent asks for it.</param>
    /// <exception cref="InvalidInputException">A name is empty, or a price is negative.</exception>
    public static EverturnBuilder AddModelPrices(
        this EverturnBuilder builder,
        IReadOnlyDictionary<string, ModelPrice> prices
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = new ModelPrices(prices);
        foreach (var price in prices)
        {
            builder.Services.AddSingleton(new ModelPriceEntry(price));
        }

        return builder;
    }
}
