using Everturn.Usage;

namespace Everturn.Loop.Budgets;

/// <summary>A price as it was registered.</summary>
/// <param name="Entry">The model and its price.</param>
internal sealed record ModelPriceEntry(KeyValuePair<string, ModelPrice> Entry);
