using Microsoft.CodeAnalysis;

namespace Everturn.Generators.Tests;

/// <summary>Misuse of the attribute, as the compiler reports it.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("EVT001", "class O { private class A : StatefulAgent<int> { [Callable] public int M() => 1; } }")]
    [InlineData("EVT001", "file class A : StatefulAgent<int> { [Callable] public int M() => 1; }")]
    [InlineData("EVT002", "public class A { [Callable] public int M() => 1; }")]
    [InlineData("EVT003", "public class A : StatefulAgent<int> { [Callable] private int M() => 1; }")]
    [InlineData("EVT003", "public class A : StatefulAgent<int> { [Callable] internal int M() => 1; }")]
    [InlineData("EVT003", "public class A : StatefulAgent<int> { [Callable] public static int M() => 1; }")]
    [InlineData("EVT003", "public class A : StatefulAgent<int> { [AgentCallback] private void M() { } }")]
    [InlineData("EVT004", "public class A : StatefulAgent<int> { [Callable] public T M<T>(T a) => a; }")]
    [InlineData("EVT004", "public class A<T> : StatefulAgent<T> { [Callable] public int M() => 1; }")]
    [InlineData("EVT005", "public class A : StatefulAgent<int> { [Callable] public int M(ref int a) => a; }")]
    [InlineData("EVT005", "public class A : StatefulAgent<int> { [Callable] public int M(in int a) => a; }")]
    [InlineData("EVT005", "public class A : StatefulAgent<int> { [Callable] public void M(out int a) => a = 1; }")]
    [InlineData("EVT005", "public class A : StatefulAgent<int> { [Callable] public int M(params int[] a) => 1; }")]
    [InlineData("EVT005", "public class A : StatefulAgent<int> { [Callable] public int M(Span<int> a) => 1; }")]
    [InlineData("EVT006", "public class A : StatefulAgent<int> { [Callable] public Span<int> M() => default; }")]
    [InlineData("EVT006", "public class A : StatefulAgent<int> { int f; [Callable] public ref int M() => ref f; }")]
    [InlineData("EVT006", "public class A : StatefulAgent<int> { [Callable] public Action M() => () => { }; }")]
    [InlineData("EVT006", "public class A : StatefulAgent<int> { [Callable] public Task<Task<int>> M() => null!; }")]
    [InlineData(
        "EVT006",
        "public class A : StatefulAgent<int> { [Callable] public Task<IAsyncEnumerable<int>> M() => null!; }"
    )]
    [InlineData(
        "EVT007",
        "public class A : StatefulAgent<int> { [Callable] public int M() => 1; [Callable] public int M(int a) => 1; }"
    )]
    [InlineData(
        "EVT007",
        "public class A : StatefulAgent<int> { [Callable] public int M() => 1; [Callable] public Task<int> MAsync() => null!; }"
    )]
    [InlineData("EVT008", "public class A : StatefulAgent<int> { [Callable] public int Then() => 1; }")]
    [InlineData("EVT008", "public class A : StatefulAgent<int> { [Callable(Name = \"\")] public int M() => 1; }")]
    [InlineData(
        "EVT009",
        "public class A : StatefulAgent<int> { [Callable] public void M(StreamingResponse a, StreamingResponse b) { } }"
    )]
    [InlineData(
        "EVT009",
        "public class A : StatefulAgent<int> { [Callable] public IAsyncEnumerable<int> M(StreamingResponse a) => null!; }"
    )]
    [InlineData(
        "EVT010",
        "public class A : StatefulAgent<int> { [Callable] public async void M() => await Task.Yield(); }"
    )]
    public void Misuse_is_an_error_with_an_id(string id, string code)
    {
        var compiled = AgentCompilation.Of(code);

        compiled.Problems.ShouldBe([id]);
        var problem = compiled.Result.Diagnostics.Single();
        problem.Severity.ShouldBe(DiagnosticSeverity.Error);
        problem.Location.GetLineSpan().Path.ShouldBe("Agent.cs");
        problem.GetMessage().ShouldNotContain("{");
        compiled.Result.GeneratedTrees.ShouldBeEmpty();
    }

    [Fact]
    public void Overloads_are_told_apart_by_a_name()
    {
        var compiled = AgentCompilation.Of(
            """
            public class A : StatefulAgent<int>
            {
                [Callable] public int M() => 1;
                [Callable(Name = "m2")] public int M(int a) => a;
            }
            """
        );

        compiled.Problems.ShouldBeEmpty();
        compiled.Load("A").Module.Methods.Select(method => method.Name).ShouldBe(["m", "m2"]);
    }

    [Fact]
    public void Nested_classes_and_parts_of_a_class_make_one_table()
    {
        var compiled = AgentCompilation.Of(
            """
            namespace N
            {
                public partial class Outer
                {
                    public partial class A : StatefulAgent<int> { [Callable] public int One() => 1; }
                    public partial class A { [Callable] public int Two() => 2; }
                }
            }
            """
        );

        compiled.Problems.ShouldBeEmpty();
        compiled.Load("N.Outer+A").Module.Methods.Select(method => method.Name).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Every_id_is_in_the_documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Everturn.slnx")))
        {
            folder = folder.Parent!;
        }
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs/reference/diagnostics.md"));
        var ids = typeof(Diagnostics)
            .GetFields()
            .Select(field => ((DiagnosticDescriptor)field.GetValue(null)!).Id)
            .ToList();

        ids.Count.ShouldBe(10);
        ids.ShouldAllBe(id => page.Contains($"## {id}"));
    }
}
