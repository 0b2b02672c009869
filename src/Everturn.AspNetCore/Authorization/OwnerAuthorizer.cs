using System.Security.Claims;

namespace Everturn.AspNetCore;

/// <summary>
/// The default: to everybody what is theirs, and nothing else. Where endpoints are open and nobody is signed in,
/// everything is open, and the user of a session is only a label.
/// </summary>
public sealed class OwnerAuthorizer : IEverturnAuthorizer
{
    /// <summary>The only instance.</summary>
    public static OwnerAuthorizer Instance { get; } = new();

    private OwnerAuthorizer() { }

    /// <summary>The claim <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>; null where it is not there or empty.</summary>
    /// <param name="principal">Who.</param>
    public static string? UserIdOf(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var userId = (principal.FindFirst(ClaimTypes.NameIdentifier) ?? principal.FindFirst("sub"))?.Value;
        return string.IsNullOrEmpty(userId) ? null : userId;
    }

    /// <inheritdoc />
    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new(
            IsOpenTo(principal)
                || (action != EverturnAction.Operate && UserIdOf(principal) is { } userId && resource.UserId == userId)
        );
    }

    /// <inheritdoc />
    public ValueTask<EverturnListScope> GetListScopeAsync(
        ClaimsPrincipal principal,
        EverturnResourceKind kind,
        string tenant,
        CancellationToken cancellationToken = default
    ) =>
        new(
            IsOpenTo(principal) ? EverturnListScope.All
            : UserIdOf(principal) is { } userId ? EverturnListScope.OfUser(userId)
            : EverturnListScope.None
        );

    /// <summary>Whether nobody is signed in: then the endpoints are open, or the request would not be here.</summary>
    internal static bool IsOpenTo(ClaimsPrincipal principal) => principal.Identity is not { IsAuthenticated: true };
}
