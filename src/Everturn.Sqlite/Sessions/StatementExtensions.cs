using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Bindings that the session store repeats.</summary>
internal static class StatementExtensions
{
    /// <summary>Binds tenant and session, which come first in every statement about one session.</summary>
    public static Statement Of(this Statement statement, SessionKey key) =>
        statement.Bind(1, key.Tenant).Bind(2, key.SessionId);

    /// <summary>Binds UTF-8 JSON as text.</summary>
    public static Statement BindJson(this Statement statement, int index, byte[]? json) =>
        json is null ? statement.BindNull(index) : statement.BindUtf8(index, json);

    /// <summary>Binds a payload column; an empty one is NULL.</summary>
    public static Statement Bind(this Statement statement, int index, StoredPayload payload) =>
        payload.IsEmpty ? statement.BindNull(index) : statement.Bind(index, payload.Column);
}
