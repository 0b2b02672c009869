using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Jwt;

/// <summary>Issues and knows tokens that are signed with a key of this server's, where a provider would do both.</summary>
/// <param name="key">The key.</param>
internal sealed class TokenIssuer(SecurityKey key)
{
    private const string Name = "everturn-sample";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>What a token must be.</summary>
    public TokenValidationParameters Validation { get; } =
        new()
        {
            IssuerSigningKey = key,
            ValidIssuer = Name,
            ValidAudience = Name,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        };

    /// <summary>With the key in the setting <c>Jwt:Key</c>, else with one that is good until the server stops.</summary>
    public static TokenIssuer From(IConfiguration configuration) =>
        new(
            new SymmetricSecurityKey(
                configuration["Jwt:Key"] is { } key ? Encoding.UTF8.GetBytes(key) : RandomNumberGenerator.GetBytes(32)
            )
        );

    /// <summary>A token for a user of a tenant.</summary>
    public string Issue(string user, string tenant) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Name,
                Audience = Name,
                Subject = new ClaimsIdentity([new("sub", user), new("tenant", tenant)]),
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime + Lifetime,
                SigningCredentials = new(key, SecurityAlgorithms.HmacSha256),
            }
        );
}
