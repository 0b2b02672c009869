using Microsoft.AspNetCore.Authentication;

namespace Everturn.Cli.Tests;

/// <summary>Options of <see cref="KeyAuthentication"/>.</summary>
internal sealed class KeyOptions : AuthenticationSchemeOptions;
