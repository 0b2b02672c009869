namespace Everturn.Sessions;

/// <summary>What a pending call asks for. Stored and shown as is.</summary>
public static class PendingCallKind
{
    /// <summary>The client executes the call and gives its result.</summary>
    public const string Client = "client";

    /// <summary>A person allows the call or refuses it.</summary>
    public const string Approval = "approval";

    /// <summary>A person says whether a call that may not be repeated took effect before its host died.</summary>
    public const string Effect = "effect";
}
