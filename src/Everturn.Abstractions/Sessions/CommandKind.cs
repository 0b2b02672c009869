using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>What a command asks of a run.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<CommandKind>))]
public readonly record struct CommandKind(string Value) : IOpenName<CommandKind>
{
    /// <summary>Stop softly, at once; the run can be resumed.</summary>
    public static readonly CommandKind Interrupt = new("interrupt");

    /// <summary>Stop softly when the current step is complete.</summary>
    public static readonly CommandKind InterruptAtCheckpoint = new("interrupt_at_checkpoint");

    /// <summary>Stop for good.</summary>
    public static readonly CommandKind Abort = new("abort");

    /// <summary>Add a message before the next model call.</summary>
    public static readonly CommandKind Steer = new("steer");

    /// <inheritdoc />
    public static CommandKind FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
