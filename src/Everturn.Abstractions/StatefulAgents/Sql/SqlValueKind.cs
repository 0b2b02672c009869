namespace Everturn.StatefulAgents;

/// <summary>The types of SQLite.</summary>
public enum SqlValueKind
{
    /// <summary>NULL.</summary>
    Null,

#pragma warning disable CA1720 // SQLite's own word.
    /// <summary>A 64-bit integer.</summary>
    Integer,
#pragma warning restore CA1720

    /// <summary>A 64-bit floating point number.</summary>
    Real,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Blob,
}
