namespace Everturn.Sqlite.Engine;

/// <summary>Values of <c>nodes.state</c>.</summary>
internal static class NodeState
{
    public const int Live = 1;

    /// <summary>Declared dead; what it owned may be taken.</summary>
    public const int Dead = 2;
}
