using Assistant.Documents;

namespace Everturn.Assistant.Tests;

public sealed class DocumentIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DocumentIndex _index;

    public DocumentIndexTests()
    {
        Write("a.md", "# Sailing\n\nWind fills the sails.\n\n## Knots\n\nA bowline never slips.\n");
        Write("deep/down/b.md", "# Rowing\n\nOars move the boat. Sailors who row need no wind.\n");
        Write("deep/c.txt", "wind in a file that is no Markdown");
        _index = new(DocumentFolder.Everything(Root));
    }

    private string Root => Path.Combine(_folder.Path, "documents");

    public void Dispose()
    {
        _index.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_search_finds_sections_with_file_and_line_and_words_around_the_match()
    {
        var hit = _index.Search("which knot never slips?")[0];

        hit.Path.ShouldBe("a.md");
        hit.Heading.ShouldBe("Knots");
        hit.Line.ShouldBe(5);
        hit.Snippet.ShouldContain("bowline");
    }

    [Fact]
    public void Only_markdown_is_searched_at_any_depth() =>
        _index.Search("wind").Select(hit => hit.Path).ShouldBe(["a.md", "deep/down/b.md"], ignoreOrder: true);

    [Theory]
    [InlineData("")]
    [InlineData("  ?! ")]
    [InlineData("zebra")]
    public void What_is_not_there_is_not_found(string query) => _index.Search(query).ShouldBeEmpty();

    [Theory]
    [InlineData("\"wind")]
    [InlineData("wind OR")]
    [InlineData("wind NEAR(")]
    [InlineData("path:wind* ^ -")]
    [InlineData("'; DROP TABLE sections; -- wind")]
    public void Nothing_in_a_query_is_an_operator(string query) => _index.Search(query).ShouldNotBeEmpty();

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1_000, 2)]
    public void The_number_of_hits_is_kept_in_its_range(int limit, int hits) =>
        _index.Search("wind", limit).Count.ShouldBe(hits);

    [Fact]
    public void A_file_that_changes_comes_or_goes_is_seen_by_the_next_search()
    {
        _index.Search("walrus").ShouldBeEmpty();

        Write("new.md", "# Animals\n\nA walrus.\n");
        _index.Search("walrus").Single().Path.ShouldBe("new.md");

        Write("new.md", "# Animals\n\nA penguin instead.\n");
        _index.Search("walrus").ShouldBeEmpty();
        _index.Search("penguin").Single().Path.ShouldBe("new.md");

        File.Delete(Path.Combine(Root, "new.md"));
        _index.Search("penguin").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../secret.md")]
    [InlineData("deep/../../secret.md")]
    [InlineData("deep/c.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("deep")]
    [InlineData("A.md/")]
    [InlineData("")]
    public void No_path_leads_out_of_the_documents(string path)
    {
        _folder.Write("secret.md", "# Secret");

        _index.Read(path).ShouldBeNull();
    }

    [Fact]
    public void A_link_that_leads_out_is_not_a_document()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("secret.md", "# Secret walrus\n");
        File.CreateSymbolicLink(Path.Combine(Root, "link.md"), Path.Combine(elsewhere.Path, "secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "links"), elsewhere.Path);

        _index.Search("walrus").ShouldBeEmpty();
        _index.Read("link.md").ShouldBeNull();
        _index.Read("links/secret.md").ShouldBeNull();
    }

    [Fact]
    public void A_page_is_read_from_a_line_on()
    {
        var page = _index.Read("a.md", 5).ShouldNotBeNull();

        page.ShouldBe(new("a.md", "Sailing", 5, 7, 7, "## Knots\n\nA bowline never slips."));
        _index.Read("a.md", -4)!.FromLine.ShouldBe(1);
        _index.Read("a.md", 9_999)!.Text.ShouldBe("A bowline never slips.");
    }

    [Fact]
    public void A_page_is_read_in_bounded_pieces()
    {
        Write("long.md", "# Long\n" + string.Concat(Enumerable.Range(2, 999).Select(line => $"line {line}\n")));
        Write("wide.md", new string('x', 50_000) + "\nsecond line\n");

        var page = _index.Read("long.md", 2).ShouldNotBeNull();
        (page.FromLine, page.ToLine, page.TotalLines).ShouldBe((2, 201, 1_000));
        var wide = _index.Read("wide.md").ShouldNotBeNull();
        wide.Text.Length.ShouldBe(DocumentIndex.MaxPageCharacters);
        wide.ToLine.ShouldBe(1);
    }

    [Fact]
    public void A_heading_inside_of_a_code_block_is_code()
    {
        Write("code.md", "# Shell\n\n```sh\n# walrus\nls\n```\n\nAfterwards.\n");

        var hit = _index.Search("walrus").Single();
        hit.Heading.ShouldBe("Shell");
        hit.Line.ShouldBe(1);
    }

    private void Write(string path, string text) => _folder.Write(Path.Combine("documents", path), text);
}
