using System.Text;

namespace Everturn.StatefulAgents.Protocol;

/// <summary>How a class's name is written in paths and in the identity frame (Cloudflare Agents, routing).</summary>
internal static class KebabCase
{
    /// <summary>Writes a name in kebab case.</summary>
    /// <param name="name">
    /// A name in camel or Pascal case, whose every capital begins a word; or one in capitals, whose words are divided
    /// by underscores.
    /// </param>
    public static string Of(string name)
    {
        if (name.Any(char.IsAsciiLetterUpper) && !name.Any(char.IsAsciiLetterLower))
        {
            return name.ToLowerInvariant().Replace('_', '-');
        }
        var kebab = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                kebab.Append('-').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                kebab.Append(letter == '_' ? '-' : letter);
            }
        }
        // The first capital has no hyphen before it, and one hyphen at the end is dropped.
        if (kebab.Length > 0 && kebab[0] == '-' && name[0] != '_')
        {
            kebab.Remove(0, 1);
        }
        if (kebab.Length > 0 && kebab[^1] == '-')
        {
            kebab.Remove(kebab.Length - 1, 1);
        }
        return kebab.ToString();
    }
}
