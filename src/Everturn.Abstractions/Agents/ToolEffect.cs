namespace Everturn.Agents;

/// <summary>What repeating a tool call would do, which decides what happens when its outcome is unknown after a crash.</summary>
public enum ToolEffect
{
    /// <summary>Repeating it changes nothing further: it is repeated.</summary>
    Idempotent,

    /// <summary>Whatever it calls recognises the idempotency key: it is repeated with the same key.</summary>
    Keyed,

    /// <summary>It must never be repeated: the run suspends and asks a person.</summary>
    AtMostOnce,
}
