namespace Everturn.Sessions;

/// <summary>Names a session. The tenant is first in every key, uniqueness rule and cursor.</summary>
/// <param name="Tenant">The tenant; empty where there is only one.</param>
/// <param name="SessionId">The session, unique within its tenant.</param>
public readonly record struct SessionKey(string Tenant, string SessionId)
{
    /// <summary>A session of the only tenant.</summary>
    /// <param name="sessionId">The session.</param>
    public SessionKey(string sessionId)
        : this("", sessionId) { }

    /// <inheritdoc />
    public override string ToString() => Tenant.Length == 0 ? SessionId : $"{Tenant}/{SessionId}";
}
