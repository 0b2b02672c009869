using System.Reflection;
using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>Makes functions from methods, with our rule for parameters that do not come from the model.</summary>
internal static class ToolFunction
{
    public static AIFunction Create(Delegate method, AgentToolOptions options) =>
        AIFunctionFactory.Create(
            method,
            new AIFunctionFactoryOptions
            {
                Name = options.Name,
                Description = options.Description,
                ConfigureParameterBinding = Binding,
            }
        );

    private static AIFunctionFactoryOptions.ParameterBindingOptions Binding(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(ToolContext))
        {
            return new() { ExcludeFromSchema = true, BindParameter = static (_, arguments) => Context(arguments) };
        }

        return IsService(parameter)
            ? new()
            {
                ExcludeFromSchema = true,
                BindParameter = static (p, arguments) =>
                    arguments.Services?.GetService(p.ParameterType)
                    ?? throw new InvalidOperationException(
                        $"Tool parameter '{p.Name}' is a {p.ParameterType.Name}, which is not registered as a service."
                    ),
            }
            : default;
    }

    private static object? Context(AIFunctionArguments arguments) =>
        arguments.Context is { } context && context.TryGetValue(typeof(ToolContext), out var value) ? value : null;

    // JSON cannot become an interface other than a collection, so such a parameter can only be a service. A class says
    // so with [FromServices], whoever's it is: ASP.NET Core's is not referenced here.
    private static bool IsService(ParameterInfo parameter) =>
        (
            parameter.ParameterType is { IsInterface: true } type
            && type != typeof(IServiceProvider)
            && !typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
        ) || parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "FromServicesAttribute");
}
