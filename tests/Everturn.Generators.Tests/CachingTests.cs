using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Everturn.Generators.Tests;

public sealed class CachingTests
{
    [Fact]
    public void A_change_elsewhere_generates_nothing_anew()
    {
        var compilation = AgentCompilation.Create(
            "public partial class A : StatefulAgent<int> { [Callable] public int M(int a = 1) => a; }"
        );
        var driver = CSharpGeneratorDriver
            .Create(
                [new AgentModuleGenerator().AsSourceGenerator()],
                driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
            )
            .RunGenerators(compilation);

        var changed = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Elsewhere;"));
        var result = driver.RunGenerators(changed).GetRunResult().Results.Single();

        result
            .TrackedOutputSteps.SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason)
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
        result.GeneratedSources.ShouldNotBeEmpty();
    }
}
