using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Everturn.Workflows;

/// <summary>
/// A place in the list of instances. Opaque to callers, versioned, and bound to a tenant: a cursor of one tenant is
/// refused by another.
/// </summary>
/// <param name="CreatedAt">When the last listed instance was created.</param>
/// <param name="Key">The last listed instance.</param>
public sealed record InstanceCursor(DateTimeOffset CreatedAt, InstanceKey Key)
{
    private const string Version = "1";
    private const char Separator = '\n';

    /// <summary>The cursor as text that is safe in a URL.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Join(
                    Separator,
                    Version,
                    CreatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                    Key.Tenant,
                    Key.Workflow,
                    Key.Id
                )
            )
        );

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidInputException">The text is not a cursor of this version.</exception>
    public static InstanceCursor Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Base64Url.IsValid(text))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
            if (
                parts is [Version, var created, var tenant, var workflow, var id]
                && long.TryParse(created, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            )
            {
                return new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new(tenant, workflow, id));
            }
        }

        throw new InvalidInputException("cursor", "is not a cursor that this server returned.");
    }
}
