using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore;

/// <summary>Reads query parameters strictly: a value that cannot be understood is refused, not replaced by a default.</summary>
internal static class QueryReader
{
    /// <summary>A text; null where it is absent.</summary>
    public static string? Text(this IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }
        return values.Count == 1 && values[0] is { Length: > 0 } value
            ? value
            : throw new InvalidInputException(name, "It is given once, and not empty.");
    }

    /// <summary>A whole number from 0; null where it is absent.</summary>
    public static long? Number(this IQueryCollection query, string name, long max = long.MaxValue) =>
        Text(query, name) is { } text ? Number(text, name, max) : null;

    /// <summary>A number of items, 1 to <see cref="PageRequest.MaxLimit"/>.</summary>
    public static int Limit(this IQueryCollection query, int ifAbsent)
    {
        var limit = Number(query, "limit", PageRequest.MaxLimit) ?? ifAbsent;
        return limit >= 1 ? (int)limit : throw new InvalidInputException("limit", "It is 1 or more.");
    }

    /// <summary>A yes or no; no where it is absent.</summary>
    public static bool Flag(this IQueryCollection query, string name) =>
        Text(query, name) switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw new InvalidInputException(name, "It is true or false."),
        };

    /// <summary>A time, in UTC where it does not say; null where it is absent.</summary>
    public static DateTimeOffset? Time(this IQueryCollection query, string name) =>
        Text(query, name) is not { } text ? null
        : DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
        : throw new InvalidInputException(name, "It is a time as in ISO 8601, for example 2026-01-31T09:30:00Z.");

    /// <summary>Which page of a list.</summary>
    public static PageRequest Page(this IQueryCollection query) => new(Limit(query, 50), Text(query, "cursor"));

    /// <summary>Reads a whole number from 0.</summary>
    public static long Number(string text, string field, long max = long.MaxValue) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw new InvalidInputException(field, $"It is a whole number from 0 to {max}.");
}
