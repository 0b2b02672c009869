using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Everturn;

/// <summary>
/// Opaque, versioned paging cursors: the place in a list ordered by creation time and id, newest first.
/// </summary>
/// <param name="CreatedAt">Creation time of the last item, in UTC milliseconds, or another number that orders the list.</param>
/// <param name="Id">Id of the last item.</param>
public readonly record struct PageCursor(long CreatedAt, string Id)
{
    private const string Version = "1";

    /// <summary>The cursor as text that is safe in a URL.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}\n{CreatedAt}\n{Id}"))
        );

    /// <summary>Reads a cursor.</summary>
    /// <param name="text">What <see cref="ToString"/> gave; null stands for the start of the list.</param>
    /// <exception cref="InvalidInputException">It is not a cursor of this version.</exception>
    public static PageCursor? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n', 3);
            if (
                parts is [Version, var created, var id]
                && long.TryParse(
                    created,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var createdAt
                )
            )
            {
                return new(createdAt, id);
            }
        }
        catch (FormatException)
        {
            // Not base64: the same answer as for any other text that is no cursor.
        }

        throw new InvalidInputException("cursor", "It is not a cursor that this server gave.");
    }
}
