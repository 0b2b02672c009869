namespace Everturn.Loop.Holding;

/// <summary>Whether a call that the model asks for may be executed.</summary>
/// <param name="IsHeld">Somebody outside has to answer first.</param>
/// <param name="Refusal">Why it is not executed at all; null where it may be.</param>
internal readonly record struct CallGate(bool IsHeld, string? Refusal)
{
    /// <summary>It is executed.</summary>
    public static readonly CallGate Open = new(false, null);

    /// <summary>It waits.</summary>
    public static readonly CallGate Held = new(true, null);

    /// <summary>It fails, and the model is told why.</summary>
    /// <param name="why">The reason.</param>
    public static CallGate Refused(string why) => new(false, why);
}
