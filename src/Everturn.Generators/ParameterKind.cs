namespace Everturn.Generators;

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterKind
{
    Required,
    Optional,
    OptionalValue,
    Stream,
    CancellationToken,
    Connection,
    Schedule,
    QueuedItem,
}
