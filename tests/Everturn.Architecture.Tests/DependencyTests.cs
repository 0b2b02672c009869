using System.Reflection;
using System.Xml.Linq;

namespace Everturn.Architecture.Tests;

/// <summary>References point one way: Abstractions, then Everturn, then stores, protocols and adapters, then samples.</summary>
public sealed class DependencyTests
{
    private const int Edge = 2;

    // A project that is not here is an edge: a store, a protocol, an adapter or a kit. The generator is a part of the
    // compiler: nothing uses it at run time, and it travels with Everturn. The tool is a program on top of a store.
    private static readonly Dictionary<string, int> Layers = new()
    {
        ["Everturn.Generators"] = 0,
        ["Everturn.Abstractions"] = 0,
        ["Everturn"] = 1,
        ["Everturn.Cli"] = Edge + 1,
    };

    public static TheoryData<string> Libraries =>
        [.. SourceTree.Files("*.csproj", "src").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_references_only_projects_of_lower_layers(string project)
    {
        foreach (var reference in ProjectReferences($"src/{project}/{project}.csproj"))
        {
            LayerOf(reference).ShouldBeLessThan(LayerOf(project), $"{project} references {reference}");
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void An_assembly_uses_only_assemblies_of_lower_layers(string project)
    {
        var ours = Assembly
            .Load(project)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name == "Everturn" || name.StartsWith("Everturn.", StringComparison.Ordinal));
        foreach (var reference in ours)
        {
            LayerOf(reference).ShouldBeLessThan(LayerOf(project), $"{project} uses {reference}");
        }
    }

    [Fact]
    public void The_abstractions_depend_on_the_model_abstractions_only()
    {
        var packages = XDocument
            .Parse(SourceTree.Read("src/Everturn.Abstractions/Everturn.Abstractions.csproj"))
            .Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value);

        packages.ShouldBe(["Microsoft.Extensions.AI.Abstractions"]);
    }

    [Fact]
    public void The_machinery_knows_no_database_no_http_and_no_vendor()
    {
        string[] foreign = ["Microsoft.AspNetCore", "Microsoft.Data", "SQLitePCLRaw", "Npgsql", "OpenAI", "Anthropic"];
        var used = Assembly.Load("Everturn").GetReferencedAssemblies().Select(name => name.Name!).ToList();

        used.ShouldNotBeEmpty();
        used.ShouldAllBe(name => !foreign.Any(other => name.StartsWith(other, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Everturn.Anthropic", "Anthropic")]
    [InlineData("Everturn.OpenAI", "OpenAI")]
    public void A_model_adapter_knows_the_abstractions_and_its_vendor_only(string adapter, string vendor)
    {
        ProjectReferences($"src/{adapter}/{adapter}.csproj").ShouldBe(["Everturn.Abstractions"]);
        var used = Assembly.Load(adapter).GetReferencedAssemblies().Select(name => name.Name!).ToList();

        used.ShouldContain(vendor);
        string[] foreign = [vendor == "OpenAI" ? "Anthropic" : "OpenAI", "Everturn", "Microsoft.AspNetCore"];
        used.ShouldAllBe(name => !foreign.Contains(name));
    }

    [Fact]
    public void Nothing_references_a_sample_but_tests()
    {
        var projects = SourceTree.Files("*.csproj", "src", "samples", "bench");

        projects.ShouldAllBe(path =>
            ProjectReferences(path).All(reference => !SourceTree.Exists($"samples/{reference}"))
        );
    }

    private static int LayerOf(string project) => Layers.GetValueOrDefault(project, Edge);

    private static IEnumerable<string> ProjectReferences(string path) =>
        XDocument
            .Parse(SourceTree.Read(path))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
}
