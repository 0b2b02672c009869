using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Everturn.Cli.Client;
using Everturn.Cli.Output;

namespace Everturn.Cli.CommandLine;

/// <summary>What commands that list have in common: the options for a page, the table, and how to get the next page.</summary>
/// <param name="limit">How many entries a page has where nobody says.</param>
internal sealed class Paging(int limit)
{
    public Option<int> Limit { get; } =
        new("--limit") { Description = "How many at most.", DefaultValueFactory = _ => limit };

    public Option<string?> Cursor { get; } = new("--cursor") { Description = "Go on where the page before ended." };

    /// <summary>Asks the server for a page and writes it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="path">The list, with what chooses among its entries.</param>
    /// <param name="type">The page's JSON.</param>
    /// <param name="table">The page as people read it.</param>
    /// <param name="note">What to say of the page besides; null for nothing.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ShowAsync<TPage>(
        CommandContext context,
        QueryPath path,
        JsonTypeInfo<TPage> type,
        Func<TPage, TextTable> table,
        Func<TPage, string?>? note = null,
        CancellationToken cancellationToken = default
    )
        where TPage : IPageBody
    {
        path.With("limit", $"{context.Value(Limit)}").With("cursor", context.Value(Cursor));
        var json = await context.Client.GetAsync(path.ToString(), cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var page = json.Deserialize(type)!;
        await context.Terminal.WriteAsync(table(page)).ConfigureAwait(false);
        if (note?.Invoke(page) is { } text)
        {
            await context.Terminal.NoteAsync(text).ConfigureAwait(false);
        }
        if (page.NextCursor is { } next)
        {
            await context.Terminal.NoteAsync($"More: --cursor {next}").ConfigureAwait(false);
        }
        return ExitCode.Success;
    }
}
