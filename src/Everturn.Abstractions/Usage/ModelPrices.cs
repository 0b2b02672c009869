namespace Everturn.Usage;

/// <summary>The prices of models, as the application gives them; there are none built in.</summary>
public sealed class ModelPrices
{
    private readonly Dictionary<string, ModelPrice> _byModel = new(StringComparer.Ordinal);

    /// <summary>A table.</summary>
    /// <param name="prices">Prices by the model's name, as the service reports it or the agent asks for it.</param>
    /// <exception cref="InvalidInputException">A name is empty, or a price is negative.</exception>
    public ModelPrices(IEnumerable<KeyValuePair<string, ModelPrice>> prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        foreach (var (model, price) in prices)
        {
            if (string.IsNullOrEmpty(model))
            {
                throw new InvalidInputException(nameof(prices), "A model has a name.");
            }

            if (price.Input < 0 || price.Output < 0 || price.CachedInput < 0)
            {
                throw new InvalidInputException(nameof(prices), $"The price of '{model}' is negative.");
            }

            _byModel[model] = price;
        }
    }

    /// <summary>The price of a model; null where it is not known.</summary>
    /// <param name="model">The model's name.</param>
    public ModelPrice? Find(string? model) => model is null ? null : _byModel.GetValueOrDefault(model);
}
