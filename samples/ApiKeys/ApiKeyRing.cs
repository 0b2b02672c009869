using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ApiKeys;

/// <summary>
/// The keys that open the door, each known by its SHA-256 only: whoever reads the configuration cannot use them. Keys are
/// long and random, so that a plain hash is enough.
/// </summary>
internal sealed class ApiKeyRing
{
    private readonly Dictionary<string, ApiKey> _byHash = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the section <c>ApiKeys</c>: <c>{ "ann": { "Sha256": "…", "Role": "operator" } }</c>.</summary>
    public static ApiKeyRing From(IConfiguration configuration)
    {
        var ring = new ApiKeyRing();
        foreach (var user in configuration.GetSection("ApiKeys").GetChildren())
        {
            var hash =
                user["Sha256"]
                ?? throw new InvalidOperationException($"{user.Path}:Sha256 is missing in the settings.");
            ring._byHash.Add(hash, new(user.Key, user["Role"]));
        }
        return ring;
    }

    public bool TryFind(string key, [NotNullWhen(true)] out ApiKey? found) =>
        _byHash.TryGetValue(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))), out found);
}
