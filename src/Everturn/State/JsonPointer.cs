namespace Everturn.State;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The names along a pointer; none for the whole document.</summary>
    public static string[] Split(string pointer) =>
        pointer.Length == 0
            ? []
            : Array.ConvertAll(
                pointer[1..].Split('/'),
                name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            );
}
