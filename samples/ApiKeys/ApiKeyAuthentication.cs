using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ApiKeys;

/// <summary>Turns <c>Authorization: Bearer KEY</c> into a user.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyRing keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }
        if (!keys.TryFind(header[Prefix.Length..], out var key))
        {
            return Task.FromResult(AuthenticateResult.Fail("The key is not known."));
        }
        // The id by which Everturn knows whose a session is.
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, key.User)], SchemeName);
        if (key.Role is not null)
        {
            identity.AddClaim(new(ClaimTypes.Role, key.Role));
        }
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), SchemeName)));
    }
}
