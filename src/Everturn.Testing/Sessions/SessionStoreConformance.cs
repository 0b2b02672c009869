using Everturn.Testing.Sessions.Cases;

namespace Everturn.Testing.Sessions;

/// <summary>
/// The contract of <see cref="Everturn.Sessions.ISessionStore"/> as executable cases, free of any test framework. A
/// store conforms if every case passes on a fresh fixture, and <see cref="SessionStoreWalk"/> besides.
/// </summary>
public static class SessionStoreConformance
{
    /// <summary>All cases. Their names are unique.</summary>
    public static IReadOnlyList<SessionStoreCase> Cases { get; } =
    [
        .. LifecycleCases.All,
        .. GuardCases.All,
        .. RequestCases.All,
        .. OwnershipCases.All,
        .. StreamCases.All,
        .. ContentCases.All,
        .. RewindCases.All,
        .. SuspensionCases.All,
        .. UsageAndOutboxCases.All,
        .. ServerCases.All,
        .. CommandCases.All,
        .. QueueCases.All,
        .. ListCases.All,
        .. RetentionCases.All,
        .. LimitCases.All,
    ];

    /// <summary>The case with a name.</summary>
    /// <param name="name">See <see cref="SessionStoreCase.Name"/>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SessionStoreCase Find(string name) =>
        Cases.FirstOrDefault(item => item.Name == name)
        ?? throw new ArgumentException($"There is no case '{name}'.", nameof(name));
}
