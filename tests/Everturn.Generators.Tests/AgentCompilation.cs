using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Dispatch;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Everturn.Generators.Tests;

/// <summary>Code of an agent that the generator has seen.</summary>
internal sealed class AgentCompilation
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Everturn.StatefulAgents;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Compilation _compilation;

    private AgentCompilation(Compilation compilation, GeneratorDriverRunResult result)
    {
        _compilation = compilation;
        Result = result;
    }

    public GeneratorDriverRunResult Result { get; }

    public IEnumerable<string> Problems => Result.Diagnostics.Select(problem => problem.Id);

    public static CSharpCompilation Create(string code) =>
        CSharpCompilation.Create(
            "Agents" + Convert.ToHexString(BitConverter.GetBytes(code.GetHashCode(StringComparison.Ordinal))),
            [Parse(Usings), Parse(code)],
            References,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );

    public static AgentCompilation Of(string code)
    {
        var driver = CSharpGeneratorDriver
            .Create(new AgentModuleGenerator())
            .RunGeneratorsAndUpdateCompilation(Create(code), out var compilation, out _);
        return new(compilation, driver.GetRunResult());
    }

    /// <summary>Compiles it, and makes an object of the class.</summary>
    public StatefulAgentProxy Load(string type)
    {
        using var image = new MemoryStream();
        var emitted = _compilation.Emit(image);
        emitted.Diagnostics.Where(problem => problem.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
        image.Position = 0;
        var assembly = new AssemblyLoadContext(type, isCollectible: true).LoadFromStream(image);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        var agent = assembly.GetType(type, throwOnError: true)!;
        var find = typeof(AgentModules).GetMethod(nameof(AgentModules.Find))!.MakeGenericMethod(agent);
        return new((StatefulAgent)Activator.CreateInstance(agent)!, (AgentModule)find.Invoke(null, null)!);
    }

    private static SyntaxTree Parse(string code) =>
        CSharpSyntaxTree.ParseText(code, new(LanguageVersion.Latest), path: "Agent.cs");
}
