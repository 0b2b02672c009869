using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.AspNetCore.Tests;

/// <summary>Believes what a header says about who somebody is.</summary>
internal sealed class TrustingAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Trusting";
    public const string UserHeader = "X-User";
    public const string RoleHeader = "X-Role";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var user = Request.Headers[UserHeader].ToString();
        if (user.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], Scheme);
        if (Request.Headers[RoleHeader].ToString() is { Length: > 0 } role)
        {
            identity.AddClaim(new(ClaimTypes.Role, role));
        }
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme)));
    }
}
