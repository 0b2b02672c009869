namespace Everturn.Cli.Output;

/// <summary>Rows under headings.</summary>
/// <param name="Headings">One for each column.</param>
internal sealed record TextTable(params string[] Headings)
{
    /// <summary>The rows, each as long as the headings.</summary>
    public List<string[]> Rows { get; } = [];

    public void Add(params string[] cells) => Rows.Add(cells);
}
