namespace Assistant.Notes;

/// <summary>What the note tools tell the model.</summary>
/// <param name="Notes">All notes of the session, oldest first.</param>
internal sealed record NotesResult(IReadOnlyList<string> Notes);
