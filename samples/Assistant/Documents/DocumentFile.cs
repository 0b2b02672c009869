namespace Assistant.Documents;

/// <summary>A document as the file system has it; a change of any field is a change of the document.</summary>
/// <param name="Path">Its path below the folder, with forward slashes.</param>
/// <param name="Changed">When it was last written.</param>
/// <param name="Length">Bytes.</param>
internal sealed record DocumentFile(string Path, DateTime Changed, long Length);
