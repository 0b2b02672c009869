namespace Everturn.Sqlite.Sessions;

/// <summary>
/// Versions of the formats that content is written in. A change of a format is a new number, and the old one stays
/// readable: golden files in the tests hold each.
/// </summary>
internal static class ContentFormat
{
    /// <summary>JSON of a message, without the run and the time, which are columns.</summary>
    public const int Message = 1;

    /// <summary>JSON of chunks, one a line.</summary>
    public const int Chunks = 1;

    /// <summary>Several chunks as <see cref="FoldedLines"/>; not written any more.</summary>
    public const int FoldedChunks = 2;

    /// <summary>JSON of chunks, one a line, after <see cref="ChunkCompression"/>.</summary>
    public const int CompressedChunks = 3;

    /// <summary>JSON as it was given: state, arguments, results, outputs, responses, parameters.</summary>
    public const int Json = 1;
}
