namespace Assistant.Documents;

/// <summary>What stands between one heading of a page and the next.</summary>
/// <param name="Heading">The heading's text; the page's title before the first heading.</param>
/// <param name="Line">The line of the heading, from 1.</param>
/// <param name="Text">The text below the heading.</param>
internal sealed record MarkdownSection(string Heading, int Line, string Text);
