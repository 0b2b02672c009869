namespace Everturn.Generators;

/// <summary>What a callable method returns.</summary>
internal enum ReturnKind
{
    Nothing,
    Value,
    Task,
    TaskOfValue,
    AsyncEnumerable,
}
