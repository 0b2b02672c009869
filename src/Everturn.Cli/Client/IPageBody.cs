namespace Everturn.Cli.Client;

/// <summary>A page of a list.</summary>
internal interface IPageBody
{
    /// <summary>Where the next page begins; null for the last one.</summary>
    string? NextCursor { get; }
}
