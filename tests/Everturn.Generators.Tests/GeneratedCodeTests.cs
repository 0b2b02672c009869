namespace Everturn.Generators.Tests;

/// <summary>The code that is generated, to the letter.</summary>
public sealed class GeneratedCodeTests
{
    private const string Golden = "Golden/Desk.AgentModule.g.txt";

    [Fact]
    public void The_module_of_a_class_is_generated_as_it_was_reviewed()
    {
        var compiled = AgentCompilation.Of(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden/Desk.cs.txt"))
        );

        compiled.Result.Diagnostics.ShouldBeEmpty();
        var source = compiled.Result.Results.Single().GeneratedSources.Single();
        source.HintName.ShouldBe("Support.Desk.AgentModule.g.cs");
        source.SourceText.ToString().ShouldBe(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Golden)));
        compiled.Load("Support.Desk").Module.Methods.Count.ShouldBe(7);
    }

    [Fact(Explicit = true)]
    public void Write_the_golden_file()
    {
        var compiled = AgentCompilation.Of(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden/Desk.cs.txt"))
        );

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Everturn.slnx")))
        {
            folder = folder.Parent!;
        }
        File.WriteAllText(
            Path.Combine(folder.FullName, "tests/Everturn.Generators.Tests", Golden),
            compiled.Result.Results.Single().GeneratedSources.Single().SourceText.ToString()
        );
    }
}
