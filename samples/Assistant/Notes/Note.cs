namespace Assistant.Notes;

/// <summary>Something the user wants to be kept.</summary>
/// <param name="Id">The call that saved it, so that a repeated call saves it once.</param>
/// <param name="Text">What to keep.</param>
internal sealed record Note(string Id, string Text);
