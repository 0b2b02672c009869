using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Everturn.Generators;

/// <summary>
/// Registers every class of stateful agents with the methods that are called by their names, so that nothing is looked
/// up by reflection.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class AgentModuleGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var sources = context.SyntaxProvider;
        Report(context, sources.ForAttributeWithMetadataName(Names.Callable, (_, _) => true, MethodDiagnostics.Read));
        Report(
            context,
            sources.ForAttributeWithMetadataName(Names.Callback, (_, _) => true, MethodDiagnostics.ReadCallback)
        );
        var agents = sources
            .CreateSyntaxProvider(static (node, _) => node is ClassDeclarationSyntax { BaseList: not null }, Read)
            .Where(static agent => agent is not null)
            .Collect()
            .SelectMany(static (all, _) => Distinct(all));
        context.RegisterSourceOutput(
            agents,
            static (output, agent) => output.AddSource(FileName(agent), AgentModuleWriter.Write(agent))
        );
    }

    private static AgentModel? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken) =>
        context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is INamedTypeSymbol type
            ? AgentReader.Read(type)
            : null;

    private static void Report(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<EquatableArray<DiagnosticInfo>> problems
    ) =>
        context.RegisterSourceOutput(
            problems.SelectMany(static (all, _) => all),
            static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic())
        );

    // A partial class that names its base in two places is found twice.
    private static IEnumerable<AgentModel> Distinct(ImmutableArray<AgentModel?> agents) =>
        agents.GroupBy(agent => agent!.Type, StringComparer.Ordinal).Select(group => group.First()!);

    private static string FileName(AgentModel agent) => agent.Type.Replace("global::", "") + ".AgentModule.g.cs";
}
