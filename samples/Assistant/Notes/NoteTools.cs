using System.ComponentModel;
using Everturn.Agents;

namespace Assistant.Notes;

/// <summary>The tools that keep notes in the session's custom state.</summary>
internal static class NoteTools
{
    public const string SaveName = "save_note";
    public const string ListName = "list_notes";
    private const int MaxLength = 2_000;

    [Description("Saves a note in this session.")]
    public static NotesResult Save(
        [Description("What to keep, at most 2,000 characters.")] string text,
        ToolContext context
    )
    {
        var kept = text.Trim();
        if (kept.Length is 0 or > MaxLength)
        {
            throw new ArgumentException($"A note has 1 to {MaxLength} characters.", nameof(text));
        }

        context.UpdateState(Notebook.Key, notebook => notebook.With(new(context.IdempotencyKey, kept)));
        return List(context);
    }

    [Description("Lists the notes saved in this session.")]
    public static NotesResult List(ToolContext context) =>
        new([.. context.GetState(Notebook.Key).Notes.Select(note => note.Text)]);
}
