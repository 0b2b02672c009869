namespace Assistant.Documents;

/// <summary>What the reading tool tells the model.</summary>
/// <param name="Path">The page.</param>
/// <param name="Title">Its title.</param>
/// <param name="FromLine">The first line that is given, from 1.</param>
/// <param name="ToLine">The last line that is given.</param>
/// <param name="TotalLines">How many lines the page has.</param>
/// <param name="Text">The lines.</param>
internal sealed record PageResult(string Path, string Title, int FromLine, int ToLine, int TotalLines, string Text);
