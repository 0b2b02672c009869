using Everturn.Agents;

namespace Everturn.AspNetCore.Tests;

/// <summary>A custom state.</summary>
internal sealed class Keeper
{
    public static readonly StateKey<Keeper> Key = StateKey.Create(KeeperJson.Default.Keeper, () => new Keeper());

    public int Count { get; set; }
}
