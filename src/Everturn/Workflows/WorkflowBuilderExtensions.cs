using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn;

/// <summary>Registers workflows.</summary>
public static class WorkflowBuilderExtensions
{
    /// <summary>
    /// Adds a workflow under the name that its <see cref="WorkflowAttribute"/> gives. Each execution of an instance makes
    /// a new object in a service scope of its own.
    /// </summary>
    /// <typeparam name="TWorkflow">The workflow; constructor parameters come from the container.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Limits, retention, schedules; null for the defaults. Only the newest version's count for new instances.</param>
    /// <exception cref="InvalidInputException">The attribute is missing or breaks the rules, or an option is out of its range.</exception>
    public static EverturnBuilder AddWorkflow<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorkflow
    >(this EverturnBuilder builder, Action<WorkflowDefinitionOptions>? configure = null)
        where TWorkflow : Workflow
    {
        ArgumentNullException.ThrowIfNull(builder);
        var attribute =
            typeof(TWorkflow).GetCustomAttribute<WorkflowAttribute>()
            ?? throw new InvalidInputException(
                typeof(TWorkflow).Name,
                "has no name: put [Workflow(\"some-name\")] on the class."
            );
        var definition = new WorkflowDefinitionOptions();
        configure?.Invoke(definition);
        DefinitionRules.Check(attribute, definition, typeof(TWorkflow).Name);
        var types = TypesOf(typeof(TWorkflow));
        var create = ActivatorUtilities.CreateFactory<TWorkflow>([]);
        builder.Services.AddSingleton(
            new WorkflowRegistration(attribute.Name, types[0], types[1], services => create(services, []))
            {
                Version = attribute.Version,
                Definition = definition,
            }
        );
        return builder;
    }

    /// <summary>Changes how this host executes workflows.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    public static EverturnBuilder ConfigureWorkflows(this EverturnBuilder builder, Action<WorkflowOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }

    private static Type[] TypesOf(Type workflow)
    {
        var type = workflow;
        while (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Workflow<,>))
        {
            type = type.BaseType!;
        }

        return type.GetGenericArguments();
    }
}
