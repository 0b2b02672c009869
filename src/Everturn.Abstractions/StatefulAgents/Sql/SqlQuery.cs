using System.Runtime.CompilerServices;
using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>
/// SQL as an interpolated string. What stands in braces becomes a bound parameter, never text of the statement.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct SqlQuery
{
    private readonly StringBuilder _text;
    private readonly List<SqlValue> _parameters;

    /// <summary>Called by the compiler.</summary>
    /// <param name="literalLength">Characters outside of braces.</param>
    /// <param name="formattedCount">Pairs of braces.</param>
    public SqlQuery(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + (formattedCount * 3));
        _parameters = new List<SqlValue>(formattedCount);
    }

    internal string Text => _text.ToString();

    internal List<SqlValue> Parameters => _parameters;

    /// <summary>Adds text of the statement.</summary>
    /// <param name="literal">The text.</param>
    public void AppendLiteral(string literal) => _text.Append(literal);

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(SqlValue value)
    {
        _parameters.Add(value);
        _text.Append('?').Append(_parameters.Count);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(string? value) => AppendFormatted(new SqlValue(value));

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(long value) => AppendFormatted(new SqlValue(value));

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(long? value) => AppendFormatted(value is { } number ? new SqlValue(number) : default);

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(double value) => AppendFormatted(new SqlValue(value));

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(double? value) => AppendFormatted(value is { } number ? new SqlValue(number) : default);

    /// <summary>Adds a parameter: 1 or 0.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(bool value) => AppendFormatted(new SqlValue(value ? 1L : 0L));

    /// <summary>Adds a parameter.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(byte[]? value) => AppendFormatted(new SqlValue(value));

    /// <summary>Adds a parameter: its text.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(Guid value) => AppendFormatted(new SqlValue(value.ToString("D")));

    /// <summary>Adds a parameter: its Unix milliseconds.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted(DateTimeOffset value) => AppendFormatted(new SqlValue(value.ToUnixTimeMilliseconds()));
}
