using Everturn.Agents;

namespace Everturn.Tests.Hooks;

internal sealed record Tally
{
    public static readonly StateKey<Tally> Key = StateKey.Create(HookTestJson.Default.Tally, () => new Tally());

    public IReadOnlyList<string> Items { get; init; } = [];
}
