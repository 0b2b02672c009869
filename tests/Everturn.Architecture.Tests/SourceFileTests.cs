using System.Text.RegularExpressions;

namespace Everturn.Architecture.Tests;

/// <summary>The rules of the house that a compiler does not know.</summary>
public sealed partial class SourceFileTests
{
    private const int MaxLines = 500;

    private static IEnumerable<string> Code => SourceTree.Files("*.cs", "src", "samples", "tests", "bench");

    [Fact]
    public void No_file_has_more_than_500_lines()
    {
        var files = Code.Concat(SourceTree.Files("*.js", "samples")).Concat(SourceTree.Files("*.sh"));

        files.Where(path => SourceTree.Read(path).AsSpan().Count('\n') > MaxLines).ShouldBeEmpty();
    }

    [Fact]
    public void A_library_file_has_one_type()
    {
        var crowded = SourceTree
            .Files("*.cs", "src", "samples")
            .Where(path => TypeDeclaration().Count(SourceTree.Read(path)) > 1);

        crowded.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_to_be_done()
    {
        // Written in pieces, so that this file does not find itself.
        string[] leftovers = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "HA" + "CK"];

        Code.Where(path => leftovers.Any(SourceTree.Read(path).Contains)).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_no_regions_and_no_type_is_called_after_nothing()
    {
        Code.Where(path => Region().IsMatch(SourceTree.Read(path))).ShouldBeEmpty();
        SourceTree.Files("*.cs", "src", "samples").Where(path => EmptyName().IsMatch(path)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = SourceTree.Read("Everturn.slnx");

        SourceTree.Files("*.csproj").Where(path => !solution.Contains($"\"{path}\"")).ShouldBeEmpty();
    }

    // A type at the left margin: files have file-scoped namespaces, so a nested type is indented.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|abstract|static|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record|delegate)\s+\w",
        RegexOptions.Multiline
    )]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^\s*#region\b", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"(?:Manager|Helper|Helpers|Util|Utils|Impl)\.cs$")]
    private static partial Regex EmptyName();
}
