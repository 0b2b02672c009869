namespace Everturn.Agents;

/// <summary>When an interrupt takes effect.</summary>
public enum InterruptMode
{
    /// <summary>The model call in flight is cancelled, its partial text kept, and open tool calls are closed.</summary>
    AtOnce,

    /// <summary>The current step is completed first.</summary>
    AtCheckpoint,
}
