namespace Everturn.AspNetCore.OpenApi;

/// <summary>A query parameter or header of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its schema, JSON.</param>
/// <param name="Description">What it says.</param>
/// <param name="In"><c>query</c> or <c>header</c>.</param>
internal sealed record ApiParameter(string Name, string Schema, string Description, string In = "query")
{
    public static ApiParameter Limit(int ifAbsent) =>
        new(
            "limit",
            $$"""{"type":"integer","minimum":1,"maximum":{{PageRequest.MaxLimit}},"default":{{ifAbsent}}}""",
            "How many at most."
        );

    public static ApiParameter Cursor { get; } =
        new("cursor", """{"type":"string"}""", "`nextCursor` of the page before; absent for the first page.");

    public static ApiParameter FromSequence { get; } =
        new(
            "fromSequence",
            """{"type":"integer","format":"int64","minimum":0,"default":0}""",
            "The last number the reader has: chunks after it are given."
        );

    public static ApiParameter Follow { get; } =
        new(
            "follow",
            """{"type":"boolean","default":false}""",
            "Whether to go on with later runs instead of ending with the current one."
        );

    public static ApiParameter Text(string name, string description) =>
        new(name, """{"type":"string","minLength":1}""", description);
}
