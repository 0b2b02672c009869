using Everturn.Agents;

namespace Assistant.Notes;

/// <summary>The agent's custom state: what it was asked to keep in this session.</summary>
internal sealed record Notebook
{
    /// <summary>The state's key: how it travels as JSON, and what a session begins with.</summary>
    public static readonly StateKey<Notebook> Key = StateKey.Create(
        NotebookJson.Default.Notebook,
        static () => new Notebook()
    );

    /// <summary>The notes, oldest first.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>The notebook with one more note; the same notebook where it has that note already.</summary>
    public Notebook With(Note note) =>
        Notes.Any(known => known.Id == note.Id) ? this : this with { Notes = [.. Notes, note] };
}
