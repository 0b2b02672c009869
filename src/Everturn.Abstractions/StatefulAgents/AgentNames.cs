using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>How a class becomes the name in its URL (Cloudflare Agents, routing).</summary>
public static class AgentNames
{
    /// <summary>
    /// Kebab case, to the letter as the npm clients make it: a name all in capitals becomes lower case, otherwise every
    /// capital begins a part (<c>HTTPDesk</c> is <c>h-t-t-p-desk</c>); <c>_</c> becomes <c>-</c>, and one <c>-</c> at
    /// the end goes.
    /// </summary>
    /// <param name="name">A class or binding name, for example <c>SupportDesk</c> or <c>SUPPORT_DESK</c>.</param>
    public static string ToKebab(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Any(char.IsAsciiLetterUpper) && !name.Any(char.IsAsciiLetterLower))
        {
            return name.ToLowerInvariant().Replace('_', '-');
        }

        var kebab = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]));
        }

        return kebab.Length > 0 && kebab[^1] == '-' ? kebab.ToString(0, kebab.Length - 1) : kebab.ToString();
    }
}
