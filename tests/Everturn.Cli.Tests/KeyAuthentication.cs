using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.Cli.Tests;

/// <summary>Knows one key.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<KeyOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<KeyOptions>(options, logger, encoder)
{
    public const string Key = "secret-1";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(
            Request.Headers.Authorization.ToString() == "Bearer " + Key
                ? AuthenticateResult.Success(
                    new(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "ann")], Scheme.Name)), Scheme.Name)
                )
                : AuthenticateResult.NoResult()
        );
}
