using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>How a class becomes the name in its URL (Cloudflare Agents, routing).</summary>
public static class AgentNames
{
    /// <summary>
    /// Kebab case: a name all in capitals becomes lower case, otherwise each hump begins a part; <c>_</c> becomes
    /// <c>-</c>, and a trailing <c>-</c> goes.
    /// </summary>
    /// <param name="name">A class or binding name, for example <c>SupportDesk</c> or <c>SUPPORT_DESK</c>.</param>
    public static string ToKebab(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.Any(char.IsAsciiLetterLower))
        {
            return name.ToLowerInvariant().Replace('_', '-').TrimEnd('-');
        }

        var kebab = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }

            kebab.Append(letter == '_' ? '-' : char.ToLowerInvariant(letter));
        }

        return kebab.ToString().TrimEnd('-');
    }
}
