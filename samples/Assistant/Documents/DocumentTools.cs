using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.Documents;

/// <summary>The tools that find and read documents.</summary>
internal static class DocumentTools
{
    public const string SearchName = "search_docs";
    public const string ReadName = "read_page";

    [Description("Searches the documents and returns the best sections with their file and line.")]
    public static SearchResult Search(
        [Description("The words to look for.")] string query,
        [FromServices] DocumentIndex index
    ) => new(query, index.Search(query));

    [Description("Reads part of a document, at most 200 lines from a line on.")]
    public static PageResult Read(
        [Description("A path as the search gives it.")] string path,
        [FromServices] DocumentIndex index,
        [Description("The first line, from 1.")] int fromLine = 1
    ) =>
        index.Read(path, fromLine)
        ?? throw new ArgumentException($"There is no document '{path}'. Paths come from the search.", nameof(path));
}
