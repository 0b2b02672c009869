namespace Everturn.Testing.Introspection;

/// <summary>Steps that a test chose: all, all of some names, or single calls of a name.</summary>
internal sealed class StepSelection
{
    private readonly HashSet<(string Name, int? Index)> _steps = [];
    private bool _isAll;

    public void AddAll() => _isAll = true;

    public void Add(string name, int? index) => _steps.Add((name, index));

    public bool Contains(string name, int index) =>
        _isAll || _steps.Contains((name, index)) || _steps.Contains((name, null));
}
