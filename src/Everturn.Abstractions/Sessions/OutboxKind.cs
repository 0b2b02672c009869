using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>What an outbox entry asks for.</summary>
/// <param name="Value">The name in the store.</param>
[JsonConverter(typeof(OpenNameConverter<OutboxKind>))]
public readonly record struct OutboxKind(string Value) : IOpenName<OutboxKind>
{
    /// <summary>Create the workflow instance that carries a run.</summary>
    public static readonly OutboxKind StartInstance = new("start_instance");

    /// <summary>Delete the workflow instance of a deleted session.</summary>
    public static readonly OutboxKind DeleteInstance = new("delete_instance");

    /// <summary>Tell a run's agent server that the run completed, failed or was interrupted.</summary>
    public static readonly OutboxKind RunEnded = new("run_ended");

    /// <summary>Resume a suspended run that has all its answers.</summary>
    public static readonly OutboxKind ResumeRun = new("resume_run");

    /// <inheritdoc />
    public static OutboxKind FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
