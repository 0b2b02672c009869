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

    public static ApiParameter IdempotencyKey { get; } =
        new(
            "Idempotency-Key",
            """{"type":"string","minLength":1,"maxLength":256}""",
            "The same as `requestId` in the body.",
            In: "header"
        );

    /// <summary>The header of browsers that connect again, which says the same as a parameter.</summary>
    public static ApiParameter LastEventId(string parameter) =>
        new(
            "Last-Event-ID",
            """{"type":"string","pattern":"^[0-9]+$"}""",
            $"As `{parameter}`, which it goes before; sent by browsers that connect again.",
            In: "header"
        );

    public static ApiParameter Text(string name, string description) =>
        new(name, """{"type":"string","minLength":1}""", description);
}
