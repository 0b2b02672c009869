using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>
/// Gives the class of every <c>[Callable]</c> method the table by which clients' calls reach it, so that nothing is
/// looked up by reflection.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CallableGenerator : IIncrementalGenerator
{
    internal const string Attribute = "Everturn.StatefulAgents.CallableAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context
            .SyntaxProvider.ForAttributeWithMetadataName(Attribute, static (_, _) => true, CallableReader.Read)
            .Where(static method => method is not null)
            .Select(static (method, _) => method!);
        context.RegisterSourceOutput(
            methods.SelectMany(static (method, _) => method.Problems),
            static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic())
        );
        var classes = methods.Collect().SelectMany(static (all, _) => ByClass(all));
        context.RegisterSourceOutput(classes, static (output, agent) => Write(output, agent));
    }

    private static IEnumerable<EquatableArray<CallableModel>> ByClass(ImmutableArray<CallableModel> methods) =>
        methods
            .GroupBy(method => method.Agent.Type, StringComparer.Ordinal)
            .Select(group => new EquatableArray<CallableModel>([.. group]));

    private static void Write(SourceProductionContext output, EquatableArray<CallableModel> callables)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var methods = new List<MethodModel>();
        foreach (var callable in callables)
        {
            if (callable.Method is not { } method)
            {
                continue;
            }
            if (names.Add(method.WireName))
            {
                methods.Add(method);
            }
            else
            {
                output.ReportDiagnostic(callable.WireNameIsDuplicate.ToDiagnostic());
            }
        }
        // Beside a method that is wrong the others are left out too: one clear error instead of many.
        if (methods.Count == callables.Count)
        {
            var agent = callables[0].Agent;
            var file = agent.Type.Replace("global::", "").Replace('<', '(').Replace('>', ')');
            output.AddSource($"{file}.Callables.g.cs", CallableWriter.Write(agent, methods));
        }
    }
}
