using System.Text;

namespace Everturn.Cli.Client;

/// <summary>A path with query parameters, of which those without a value are left out.</summary>
/// <param name="path">The path.</param>
internal sealed class QueryPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _next = '?';

    public QueryPath With(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _next = '&';
        }
        return this;
    }

    public override string ToString() => _text.ToString();
}
