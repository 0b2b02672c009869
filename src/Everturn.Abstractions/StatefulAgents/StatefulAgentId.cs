using System.Buffers;

namespace Everturn.StatefulAgents;

/// <summary>Which object: there is at most one live one for each id (Cloudflare Durable Objects, <c>idFromName</c>).</summary>
/// <param name="Tenant">Whose it is; empty for the default tenant.</param>
/// <param name="Agent">The agent's name in kebab case, as in the URL: 1 to 64 of <c>a-z 0-9 -</c>.</param>
/// <param name="Name">The instance's name: 1 to 512 characters, none of them a control character.</param>
public readonly record struct StatefulAgentId(string Tenant, string Agent, string Name)
{
    /// <summary>The longest instance name, in characters.</summary>
    public const int MaxNameLength = 512;

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create([
        .. Enumerable.Range(0, 32).Concat(Enumerable.Range(127, 33)).Select(code => (char)code),
    ]);

    /// <summary>An object of the default tenant.</summary>
    /// <param name="agent">The agent's name in kebab case.</param>
    /// <param name="name">The instance's name.</param>
    public StatefulAgentId(string agent, string name)
        : this("", agent, name) { }

    /// <summary>Checks every part.</summary>
    /// <exception cref="InvalidInputException">A part breaks its rule; it is named.</exception>
    public void Check()
    {
        if (Tenant is null)
        {
            throw new InvalidInputException("tenant", "A tenant is a text, empty for the default one.");
        }

        Identifiers.CheckAgentName(Agent, "agent");
        if (string.IsNullOrEmpty(Name) || Name.Length > MaxNameLength || Name.AsSpan().ContainsAny(ControlCharacters))
        {
            throw new InvalidInputException(
                "name",
                $"An instance name is 1 to {MaxNameLength} characters, none of them a control character."
            );
        }
    }

    /// <inheritdoc />
    public override string ToString() => Tenant.Length == 0 ? $"{Agent}/{Name}" : $"{Tenant}:{Agent}/{Name}";
}
